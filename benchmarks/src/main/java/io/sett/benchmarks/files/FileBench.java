// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.files;

import io.sett.benchmarks.harness.Directories;
import io.sett.benchmarks.harness.Machine;
import io.sett.benchmarks.harness.Measurement;
import io.sett.benchmarks.harness.RawFile;
import io.sett.engine.file.LocalFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Saves, loads and streams files of 4 KiB, 1 MiB and 256 MiB with each contestant in turn, round by round. Arguments: the
 * directory to work in, the file of raw results, the number of rounds.
 */
public final class FileBench {

    private static final List<FileWork> WORKS = List.of(new FileWork("4KiB", 4 << 10, 60, false),
            new FileWork("1MiB", 1 << 20, 8, false), new FileWork("256MiB", 256 << 20, 1, true));
    /** Files up to this length are saved and loaded once before the first round. */
    private static final long WARM_UP = 1 << 20;

    private FileBench() {
    }

    public static void main(String[] arguments) throws IOException {
        Path work = Files.createTempDirectory(Files.createDirectories(Path.of(arguments[0])), "files");
        RawFile raw = RawFile.read(Path.of(arguments[1]));
        List<String> head = new ArrayList<>(Machine.describe());
        head.add("command: benchmarks/compare-files");
        raw.begin(head);
        List<Contestant> contestants = contestants(work);
        try {
            warmUp(contestants);
            for (int round = 1; round <= Integer.parseInt(arguments[2]); round++) {
                if (!raw.isDone(contestants.get(0).name(), round)) {
                    run(contestants, round, raw);
                }
            }
        } finally {
            for (Contestant contestant : contestants) {
                contestant.close();
            }
            Directories.delete(work);
        }
    }

    private static List<Contestant> contestants(Path work) throws IOException {
        return List.of(new NioContestant("in-place", work.resolve("in-place"), Check.NONE, false),
                new NioContestant("nio", work.resolve("nio"), Check.NONE, true),
                new NioContestant("nio-crc", work.resolve("nio-crc"), Check.CRC, true),
                new NioContestant("nio-sha", work.resolve("nio-sha"), Check.CRC_AND_SHA, true),
                new SettContestant("sett-crc", LocalFiles.open(work.resolve("sett-crc"),
                        Map.of("file_verification_enabled", false))),
                new SettContestant("sett", LocalFiles.open(work.resolve("sett"))));
    }

    private static void warmUp(List<Contestant> contestants) throws IOException {
        for (Contestant contestant : contestants) {
            for (FileWork work : WORKS) {
                if (work.bytes() <= WARM_UP) {
                    work.seconds(contestant, FileWork.Action.SAVE);
                    work.seconds(contestant, FileWork.Action.LOAD);
                }
            }
        }
    }

    /** Each work with each contestant; the order turns round by round. */
    private static void run(List<Contestant> contestants, int round, RawFile raw) throws IOException {
        Map<String, List<Measurement>> measured = new LinkedHashMap<>();
        for (FileWork work : WORKS) {
            for (FileWork.Action action : FileWork.Action.values()) {
                for (int i = 0; i < contestants.size(); i++) {
                    Contestant contestant = contestants.get((i + round) % contestants.size());
                    double seconds = work.seconds(contestant, action);
                    measured.computeIfAbsent(contestant.name(), name -> new ArrayList<>())
                            .add(new Measurement(action.name().toLowerCase(Locale.ROOT) + "-" + work.label(),
                                    Map.of("mib_per_s", work.times() * (work.bytes() / 1048576.0) / seconds)));
                }
            }
        }
        for (Map.Entry<String, List<Measurement>> one : measured.entrySet()) {
            raw.add(one.getKey(), round, one.getValue());
        }
    }
}
