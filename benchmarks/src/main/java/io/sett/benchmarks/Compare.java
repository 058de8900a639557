// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Starts {@link Run} for each peer in turn, for some rounds, and prints the median of each figure and the median of the
 * ratios of {@code ops_per_s} to the first peer named, pair by pair.
 *
 * <p>Arguments: workload, number of keys, rounds, file for the raw lines, peers separated by commas.
 */
public final class Compare {

    private final Map<String, Map<String, List<Map<String, Double>>>> results = new LinkedHashMap<>();
    private final List<String> raw = new ArrayList<>();

    private Compare() {
    }

    /** The program. */
    public static void main(String[] arguments) throws Exception {
        String workload = arguments[0];
        int keys = Integer.parseInt(arguments[1]);
        int rounds = Integer.parseInt(arguments[2]);
        Path rawFile = Path.of(arguments[3]);
        List<String> peers = List.of(arguments[4].split(","));
        Compare compare = new Compare();
        for (int round = 0; round < rounds; round++) {
            for (String peer : peers) {
                compare.measure(peer, workload, keys);
            }
        }
        Files.createDirectories(rawFile.toAbsolutePath().getParent());
        Files.write(rawFile, compare.raw);
        compare.print(peers);
    }

    private void measure(String peer, String workload, int keys) throws Exception {
        Path directory = Files.createTempDirectory("sett-bench-");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx2g", "-XX:+UseSerialGC",
                "--add-opens=java.base/java.nio=ALL-UNNAMED", "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED", "-cp",
                System.getProperty("java.class.path"), Run.class.getName(), peer, workload, Integer.toString(keys),
                directory.toString()));
        if (System.getProperty("sett.bench.jvm") != null) {
            command.addAll(1, List.of(System.getProperty("sett.bench.jvm").split(" ")));
        }
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            try (BufferedReader reader = process.inputReader()) {
                reader.lines().forEach(line -> take(peer, line));
            }
            if (process.waitFor() != 0) {
                throw new IllegalStateException("peer " + peer + " failed; see the lines above");
            }
        } finally {
            delete(directory);
        }
    }

    private void take(String peer, String line) {
        if (!line.startsWith("RESULT ")) {
            System.err.println(peer + ": " + line);
            return;
        }
        raw.add(peer + " " + line.substring(7));
        String[] words = line.split(" ");
        Map<String, Double> figures = new TreeMap<>();
        for (int i = 2; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            figures.put(words[i].substring(0, equals), Double.parseDouble(words[i].substring(equals + 1)));
        }
        results.computeIfAbsent(words[1], phase -> new LinkedHashMap<>())
                .computeIfAbsent(peer, name -> new ArrayList<>()).add(figures);
    }

    private void print(List<String> peers) {
        System.out.println("| workload | peer | ops/s | p50 µs | p99 µs | p99.9 µs | CPU µs/op | alloc B/op "
                + "| written/user B | stored/user B | " + peers.get(0) + " : peer |");
        System.out.println("|---|---|---|---|---|---|---|---|---|---|---|");
        results.forEach((phase, byPeer) -> byPeer.forEach((peer, runs) -> System.out.printf(Locale.ROOT,
                "| %s | %s | %,.0f | %.2f | %.1f | %.1f | %.2f | %.0f | %.2f | %.2f | %.2f |%n", phase, peer,
                median(runs, "ops_per_s"), median(runs, "p50_us"), median(runs, "p99_us"), median(runs, "p999_us"),
                median(runs, "cpu_us_per_op"), median(runs, "alloc_b_per_op"),
                median(runs, "written_per_user_byte"), median(runs, "stored_per_user_byte"),
                ratio(byPeer.get(peers.get(0)), runs))));
    }

    private static double median(List<Map<String, Double>> runs, String figure) {
        return median(runs.stream().map(run -> run.getOrDefault(figure, 0.0)).toList());
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().collect(Collectors.toList());
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private static double ratio(List<Map<String, Double>> ours, List<Map<String, Double>> theirs) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < Math.min(ours.size(), theirs.size()); i++) {
            ratios.add(ours.get(i).get("ops_per_s") / theirs.get(i).get("ops_per_s"));
        }
        return median(ratios);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
