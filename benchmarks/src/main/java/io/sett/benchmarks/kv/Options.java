// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.kv;

import io.sett.benchmarks.kv.peer.Peer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What to compare.
 *
 * @param workloads which, all of them when none is named
 * @param peers {@code --peers a,b,c}, or {@code all}
 * @param rounds {@code --rounds 3}
 * @param scale {@code --scale 1}
 * @param results {@code --results benchmarks/results/kv}: folder of the raw results
 * @param scratch {@code --scratch /tmp}: folder on the device to be measured, where stores are made and deleted
 * @param page {@code --page docs/benchmarks.md}
 * @param report whether tables and charts are written in the end; not with {@code --no-report}
 */
record Options(List<Workload> workloads, List<String> peers, int rounds, Scale scale, Path results, Path scratch,
        Path page, boolean report) {

    static Options parse(String[] arguments) {
        List<Workload> workloads = new ArrayList<>();
        List<String> peers = Peer.USUAL;
        int rounds = 3;
        double scale = 1;
        Path results = Path.of("benchmarks/results/kv");
        Path scratch = Path.of(System.getProperty("java.io.tmpdir"));
        Path page = Path.of("docs/benchmarks.md");
        boolean report = true;
        boolean measure = true;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--peers" -> peers = peers(arguments[++i]);
                case "--rounds" -> rounds = Integer.parseInt(arguments[++i]);
                case "--scale" -> scale = Double.parseDouble(arguments[++i]);
                case "--results" -> results = Path.of(arguments[++i]);
                case "--scratch" -> scratch = Path.of(arguments[++i]);
                case "--page" -> page = Path.of(arguments[++i]);
                case "--no-report" -> report = false;
                case "--report-only" -> measure = false;
                default -> workloads.add(Workloads.byName(arguments[i]));
            }
        }
        if (workloads.isEmpty() && measure) {
            workloads.addAll(Workloads.ALL);
        }
        return new Options(List.copyOf(workloads), peers, rounds, new Scale(scale), results, scratch, page, report);
    }

    private static List<String> peers(String given) {
        return given.equals("all") ? Peer.NAMES : List.of(given.split(","));
    }

    Path rawFile(Workload workload) {
        return results.resolve(workload.name() + ".txt");
    }
}
