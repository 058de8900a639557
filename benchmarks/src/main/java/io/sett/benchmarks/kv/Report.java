// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.kv;

import io.sett.benchmarks.harness.BarChart;
import io.sett.benchmarks.harness.Measurement;
import io.sett.benchmarks.harness.Medians;
import io.sett.benchmarks.harness.Page;
import io.sett.benchmarks.harness.RawFile;
import io.sett.benchmarks.kv.peer.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Writes the tables and charts of the page from the files of raw results. */
final class Report {

    private static final String OURS = "sett";
    private static final String RIVAL = "rocksdb";
    private static final List<String> CHARTED = List.of("sett", "sett32", "lmdb", "mvstore", "sqlite");

    private final Options options;

    Report(Options options) {
        this.options = options;
    }

    void write() throws IOException {
        List<RawFile> files = new ArrayList<>();
        for (Workload workload : Workloads.ALL) {
            if (Files.exists(options.rawFile(workload))) {
                files.add(RawFile.read(options.rawFile(workload)));
            }
        }
        Page page = new Page(options.page());
        page.replace("kv goals", goals(files));
        page.replace("kv results", details(files));
    }

    /** Ours against RocksDB, phase by phase, with what it should be. */
    private String goals(List<RawFile> files) throws IOException {
        StringBuilder table = new StringBuilder("| phase | at least | aim | sett : rocksdb | lowest … highest "
                + "| sett32 : rocksdb | settz : rocksdb | lmdb : rocksdb |\n|---|---|---|---|---|---|---|---|\n");
        BarChart chart = new BarChart("operations per second, RocksDB = 1", CHARTED);
        for (RawFile file : files) {
            file.results().forEach((phase, peers) -> {
                Goal goal = Goal.BY_PHASE.get(phase);
                TreeMap<Integer, Measurement> rival = peers.get(RIVAL);
                if (goal == null || rival == null || !peers.containsKey(OURS)) {
                    return;
                }
                List<Double> ratios = Medians.ratios(peers.get(OURS), rival, "ops_per_s");
                table.append(String.format(Locale.ROOT, "| %s | %.1f | %.1f | %s%.2f%s | %.2f … %.2f | %s | %s "
                        + "| %s |%n", phase, goal.least(), goal.aim(), mark(ratios, goal), Medians.of(ratios), mark(ratios, goal),
                        ratios.stream().min(Double::compare).orElse(0.0),
                        ratios.stream().max(Double::compare).orElse(0.0), ratio(peers, "sett32"),
                        ratio(peers, Peer.COMPRESSING), ratio(peers, "lmdb")));
                for (String peer : CHARTED) {
                    if (peers.containsKey(peer)) {
                        chart.add(phase, peer, Medians.ratio(peers.get(peer), rival, "ops_per_s"));
                    }
                }
            });
        }
        Path image = options.page().resolveSibling("images").resolve("kv-ratios.svg");
        chart.write(image);
        return "Bold: the goal is reached.\n\n" + table + "\n" + limits(files)
                + "\n![Operations per second as ratios to RocksDB](images/" + image.getFileName() + ")\n";
    }

    private static String limits(List<RawFile> files) {
        StringBuilder table = new StringBuilder("| figure of sett | at most | measured |\n|---|---|---|\n");
        for (Limit limit : Limit.ALL) {
            for (RawFile file : files) {
                TreeMap<Integer, Measurement> rounds = file.results().getOrDefault(limit.phase(), Map.of())
                        .get(limit.peer());
                if (rounds != null) {
                    double value = Medians.of(rounds, limit.figure());
                    String mark = value <= limit.most() ? "**" : "";
                    table.append(String.format(Locale.ROOT, "| %s | %s | %s%.3g%s |%n", limit.meaning(), limit.most(),
                            mark, value, mark));
                }
            }
        }
        return table.toString();
    }

    private static String mark(List<Double> ratios, Goal goal) {
        return Medians.of(ratios) >= goal.least() ? "**" : "";
    }

    private static String ratio(Map<String, TreeMap<Integer, Measurement>> peers, String peer) {
        return peers.containsKey(peer) ? String.format(Locale.ROOT, "%.2f",
                Medians.ratio(peers.get(peer), peers.get(RIVAL), "ops_per_s")) : "";
    }

    private String details(List<RawFile> files) {
        StringBuilder text = new StringBuilder();
        for (RawFile file : files) {
            String name = file.path().getFileName().toString().replace(".txt", "");
            text.append("### ").append(name).append("\n\n");
            file.comments().forEach(comment -> text.append("* ").append(comment).append('\n'));
            text.append("* raw lines: [`").append(file.path()).append("`](../").append(file.path()).append(")\n\n");
            text.append(new DetailTable(file).text()).append('\n');
        }
        return text.toString();
    }

    /** Peers in the usual order. */
    static List<String> ordered(Iterable<String> peers) {
        List<String> found = new ArrayList<>();
        peers.forEach(found::add);
        found.sort((left, right) -> Integer.compare(Peer.NAMES.indexOf(left), Peer.NAMES.indexOf(right)));
        return found;
    }
}
