// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.files;

import io.sett.benchmarks.harness.Measurement;
import io.sett.benchmarks.harness.Medians;
import io.sett.benchmarks.harness.Page;
import io.sett.benchmarks.harness.RawFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes the table of docs/benchmarks-files.md from the raw results. Arguments: the raw file, the page. */
public final class FileReport {

    private static final List<String> NAMES = List.of("in-place", "nio", "nio-crc", "nio-sha", "sett-crc", "sett");

    private FileReport() {
    }

    public static void main(String[] arguments) throws IOException {
        RawFile raw = RawFile.read(Path.of(arguments[0]));
        StringBuilder table = new StringBuilder();
        raw.comments().forEach(line -> table.append(line).append("  \n"));
        table.append("\n| MiB/s | ").append(String.join(" | ", NAMES))
                .append(" | sett-crc / nio-crc | sett / nio-sha |\n|---|").append("---:|".repeat(NAMES.size() + 2))
                .append('\n');
        raw.results().forEach((phase, byPeer) -> table.append(row(phase, byPeer)));
        new Page(Path.of(arguments[1])).replace("files", table.toString());
    }

    private static String row(String phase, Map<String, TreeMap<Integer, Measurement>> byPeer) {
        StringBuilder row = new StringBuilder("| ").append(phase.replace('-', ' ')).append(" | ");
        for (String name : NAMES) {
            row.append(shown(Medians.of(byPeer.get(name), "mib_per_s"))).append(" | ");
        }
        return row.append(ratio(byPeer.get("sett-crc"), byPeer.get("nio-crc"))).append(" | ")
                .append(ratio(byPeer.get("sett"), byPeer.get("nio-sha"))).append(" |\n").toString();
    }

    private static String shown(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%,.0f", value);
    }

    private static String ratio(SortedMap<Integer, Measurement> ours, SortedMap<Integer, Measurement> theirs) {
        return String.format(Locale.ROOT, "%.2f", Medians.ratio(ours, theirs, "mib_per_s"));
    }
}
