// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.cache;

import io.sett.benchmarks.harness.Machine;
import io.sett.benchmarks.harness.Medians;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs {@link CacheRun} for each peer in turn (A B A B), each time in a JVM of its own, and prints the median of each
 * figure and the median of its ratios to the first peer, round by round.
 *
 * <p>Arguments: what to measure, rounds, file for the raw lines, peers separated by commas.
 */
public final class CacheCompare {

    private static final Pattern PAUSE = Pattern.compile("Pause .* (\\d+\\.\\d+)ms");

    private final Map<String, Map<String, List<Double>>> figures = new LinkedHashMap<>();
    private final List<String> raw = new ArrayList<>();
    private final List<Double> pauses = new ArrayList<>();

    private CacheCompare() {
    }

    /** The program. */
    public static void main(String[] arguments) throws Exception {
        int rounds = Integer.parseInt(arguments[1]);
        List<String> peers = List.of(arguments[3].split(","));
        CacheCompare compare = new CacheCompare();
        Machine.describe().forEach(line -> compare.raw.add("# " + line));
        for (int round = 0; round < rounds; round++) {
            for (String peer : peers) {
                compare.measure(peer, arguments[0]);
            }
        }
        Path file = Path.of(arguments[2]);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, compare.raw);
        compare.print(peers);
    }

    private static List<String> options(String what) {
        if (what.equals("pauses")) {
            return List.of("-Xms3g", "-Xmx3g", "-XX:+UseG1GC", "-XX:MaxDirectMemorySize=4g", "-Xlog:gc");
        }
        String heap = what.equals("overhead5m") ? "2500m" : what.equals("overhead1m") ? "1g" : "1500m";
        return List.of("-Xms" + heap, "-Xmx" + heap, "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC",
                "-XX:MaxDirectMemorySize=4g");
    }

    private void measure(String peer, String what) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options(what));
        for (String open : List.of("java.base/java.lang", "java.base/java.lang.reflect", "java.base/java.io",
                "java.base/java.nio", "java.base/java.util", "java.base/sun.nio.ch", "jdk.unsupported/sun.misc",
                "java.base/jdk.internal.ref", "jdk.compiler/com.sun.tools.javac.file")) {
            command.add("--add-opens=" + open + "=ALL-UNNAMED");
        }
        command.addAll(List.of("--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
                "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED", "--add-exports=jdk.unsupported/sun.misc=ALL-UNNAMED",
                "-cp", System.getProperty("java.class.path"), CacheRun.class.getName(), peer, what));
        pauses.clear();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (BufferedReader reader = process.inputReader()) {
            reader.lines().forEach(line -> take(peer, line));
        }
        if (process.waitFor() != 0) {
            throw new IllegalStateException("peer " + peer + " failed; see the lines above");
        }
    }

    private void take(String peer, String line) {
        Matcher pause = PAUSE.matcher(line);
        if (pause.find()) {
            pauses.add(Double.parseDouble(pause.group(1)));
        } else if (line.equals("MEASURED FROM HERE")) {
            pauses.clear();
        } else if (line.startsWith("RESULT pauses_end")) {
            Collections.sort(pauses);
            double sum = pauses.stream().mapToDouble(Double::doubleValue).sum();
            take(peer, "RESULT pauses count=" + pauses.size() + " mean_ms=" + sum / pauses.size() + " p99_ms="
                    + pauses.get((int) (pauses.size() * 0.99)) + " max_ms=" + pauses.get(pauses.size() - 1));
        } else if (line.startsWith("RESULT ")) {
            raw.add(peer + " " + line.substring(7));
            System.err.println(raw.get(raw.size() - 1));
            String[] words = line.split(" ");
            for (int i = 2; i < words.length; i++) {
                String[] pair = words[i].split("=");
                figures.computeIfAbsent(words[1] + " " + pair[0], name -> new LinkedHashMap<>())
                        .computeIfAbsent(peer, name -> new ArrayList<>()).add(Double.parseDouble(pair[1]));
            }
        } else if (!line.contains("[gc")) {
            System.err.println(peer + ": " + line);
        }
    }

    private void print(List<String> peers) {
        System.out.println("| figure | " + String.join(" | ", peers) + " |");
        System.out.println("|---|" + "---|".repeat(peers.size()));
        figures.forEach((figure, byPeer) -> {
            StringBuilder line = new StringBuilder("| ").append(figure);
            List<Double> first = byPeer.get(peers.get(0));
            for (String peer : peers) {
                List<Double> own = byPeer.get(peer);
                line.append(" | ").append(own == null ? "-" : String.format(Locale.ROOT, "%.2f", Medians.of(own)));
                if (own != null && first != null && own != first) {
                    line.append(String.format(Locale.ROOT, " (%.2f)", ratio(first, own)));
                }
            }
            System.out.println(line.append(" |"));
        });
        System.out.println();
        System.out.println("In brackets: the median ratio of " + peers.get(0) + " to the peer, round by round.");
    }

    private static double ratio(List<Double> first, List<Double> other) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < Math.min(first.size(), other.size()); i++) {
            ratios.add(first.get(i) / other.get(i));
        }
        return Medians.of(ratios);
    }
}
