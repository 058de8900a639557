// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.kv;

import io.sett.benchmarks.harness.Measurement;
import io.sett.benchmarks.harness.Medians;
import io.sett.benchmarks.harness.RawFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** All figures of one workload: a row for each phase and peer, a column for each figure that some row has. */
final class DetailTable {

    private static final Map<String, String> COLUMNS = columns();
    private static final String OURS = "sett";

    private final RawFile file;

    DetailTable(RawFile file) {
        this.file = file;
    }

    private static Map<String, String> columns() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("ops_per_s", "ops/s");
        columns.put("p50_us", "p50 µs");
        columns.put("p99_us", "p99 µs");
        columns.put("p999_us", "p99.9 µs");
        columns.put("cpu_us_per_op", "CPU µs/op");
        columns.put("alloc_b_per_op", "alloc B/op");
        columns.put("gc_share", "GC share");
        columns.put("written_per_user_byte", "written/user B");
        columns.put("stored_per_user_byte", "stored/user B");
        columns.put("before_gc", "before GC");
        columns.put("gc_seconds", "GC s");
        columns.put("retries_per_commit", "retries/commit");
        columns.put("open_ms", "open ms");
        columns.put("put_b", "B/put");
        columns.put("get_b", "B/get");
        columns.put("view_b", "B/get in place");
        return columns;
    }

    String text() {
        List<String> used = new ArrayList<>();
        COLUMNS.keySet().forEach(figure -> {
            if (hasFigure(figure)) {
                used.add(figure);
            }
        });
        boolean rates = used.contains("ops_per_s");
        StringBuilder table = new StringBuilder("| phase | peer | rounds |");
        used.forEach(figure -> table.append(' ').append(COLUMNS.get(figure)).append(" |"));
        table.append(rates ? " sett : peer |" : "").append("\n|---|---|---|");
        table.append("---|".repeat(used.size() + (rates ? 1 : 0))).append('\n');
        file.results().forEach((phase, peers) -> Report.ordered(peers.keySet()).forEach(peer -> {
            TreeMap<Integer, Measurement> rounds = peers.get(peer);
            table.append("| ").append(phase).append(" | ").append(peer).append(" | ").append(rounds.size())
                    .append(" |");
            used.forEach(figure -> table.append(' ').append(cell(rounds, figure)).append(" |"));
            if (rates) {
                table.append(peers.containsKey(OURS) ? String.format(Locale.ROOT, " %.2f |",
                        Medians.ratio(peers.get(OURS), rounds, "ops_per_s")) : " |");
            }
            table.append('\n');
        }));
        return table.toString();
    }

    private boolean hasFigure(String figure) {
        return file.results().values().stream().flatMap(peers -> peers.values().stream())
                .flatMap(rounds -> rounds.values().stream()).anyMatch(one -> one.figures().containsKey(figure));
    }

    private static String cell(TreeMap<Integer, Measurement> rounds, String figure) {
        if (rounds.values().stream().noneMatch(one -> one.figures().containsKey(figure))) {
            return "";
        }
        double value = Medians.of(rounds, figure);
        String format = Math.abs(value) >= 1000 ? "%,.0f" : Math.abs(value) >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, figure.equals("gc_share") ? "%.3f" : format, value);
    }
}
