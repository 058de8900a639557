// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.sql;

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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs {@link Workloads} in a JVM of its own for two sides in turn, A B A B, and prints for each workload the median of
 * operations per second and processor time of each side, and the medians of their ratios, pair by pair. On a
 * machine that has other work the processor time is the steadier figure.
 *
 * <p>Arguments: side A, side B, rounds, file for the raw lines, workloads separated by commas or {@code all}.
 */
public final class CompareSql {

    private final Map<String, Map<String, List<Double>>> rates = new LinkedHashMap<>();
    private final Map<String, Map<String, List<Double>>> costs = new LinkedHashMap<>();
    private final List<String> raw = new ArrayList<>();

    private CompareSql() {
    }

    /** The program. */
    public static void main(String[] arguments) throws Exception {
        String a = arguments[0];
        String b = arguments[1];
        CompareSql compare = new CompareSql();
        for (int round = 0; round < Integer.parseInt(arguments[2]); round++) {
            compare.measure(a, arguments[4]);
            compare.measure(b, arguments[4]);
        }
        Path file = Path.of(arguments[3]).toAbsolutePath();
        Files.createDirectories(file.getParent());
        Files.write(file, compare.raw);
        compare.print(a, b);
    }

    private void measure(String side, String workloads) throws Exception {
        Path directory = Files.createTempDirectory("sett-bench-");
        try {
            Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx1g", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
                    Workloads.class.getName(), side, directory.toString(), workloads).redirectErrorStream(true).start();
            try (BufferedReader reader = process.inputReader()) {
                reader.lines().forEach(line -> take(side, line));
            }
            if (process.waitFor() != 0) {
                throw new IllegalStateException("side " + side + " failed; see the lines above");
            }
        } finally {
            delete(directory);
        }
    }

    private void take(String side, String line) {
        if (!line.startsWith("RESULT ")) {
            System.err.println(side + ": " + line);
            return;
        }
        raw.add(side + " " + line.substring(7));
        String[] words = line.split(" ");
        double operations = Double.parseDouble(words[2]);
        add(rates, words[1], side, operations / Double.parseDouble(words[3]));
        add(costs, words[1], side, Double.parseDouble(words[4]) / operations * 1e6);
    }

    private static void add(Map<String, Map<String, List<Double>>> figures, String workload, String side,
            double figure) {
        figures.computeIfAbsent(workload, name -> new LinkedHashMap<>())
                .computeIfAbsent(side, name -> new ArrayList<>()).add(figure);
    }

    private void print(String a, String b) {
        System.out.printf("| workload | %s, ops/s | %s, ops/s | %s : %s (least, most) | %s, CPU µs/op | %s, CPU µs/op "
                + "| CPU %s : %s |%n", a, b, a, b, a, b, b, a);
        System.out.println("|---|---|---|---|---|---|---|");
        rates.forEach((workload, sides) -> {
            List<Double> ratios = ratios(sides.get(a), sides.get(b));
            List<Double> ours = costs.get(workload).get(a);
            List<Double> theirs = costs.get(workload).get(b);
            System.out.printf(Locale.ROOT, "| %s | %,.0f | %,.0f | %.2f (%.2f, %.2f) | %.2f | %.2f | %.2f |%n",
                    workload, median(sides.get(a)), median(sides.get(b)), median(ratios),
                    ratios.stream().mapToDouble(ratio -> ratio).min().orElseThrow(),
                    ratios.stream().mapToDouble(ratio -> ratio).max().orElseThrow(), median(ours), median(theirs),
                    median(ratios(theirs, ours)));
        });
    }

    private static List<Double> ratios(List<Double> ours, List<Double> theirs) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < ours.size(); i++) {
            ratios.add(ours.get(i) / theirs.get(i));
        }
        return ratios;
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().collect(Collectors.toList());
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
