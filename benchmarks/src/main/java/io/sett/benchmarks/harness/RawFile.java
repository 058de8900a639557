// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A file of raw results: comment lines that begin with {@code #} (machine, versions, date, command), then
 * {@code peer round phase figure=number …} and, when a peer is through, {@code done peer round}. What has no such line
 * was interrupted and is not counted, so a run can go on where another one stopped.
 */
public final class RawFile {

    private static final String DONE = "done";

    private final Path file;
    private final List<String> comments = new ArrayList<>();
    private final Set<String> done = new LinkedHashSet<>();
    private final Map<String, Map<String, TreeMap<Integer, Measurement>>> byPhase = new LinkedHashMap<>();

    private RawFile(Path file) {
        this.file = file;
    }

    /** Reads what is there; a file that is not there is empty. */
    public static RawFile read(Path file) throws IOException {
        RawFile raw = new RawFile(file);
        if (Files.exists(file)) {
            List<String> lines = Files.readAllLines(file);
            for (String line : lines) {
                if (line.startsWith(DONE + " ")) {
                    raw.done.add(line.substring(DONE.length() + 1));
                }
            }
            lines.forEach(raw::take);
        }
        return raw;
    }

    private void take(String line) {
        if (line.startsWith("#")) {
            comments.add(line.substring(1).trim());
            return;
        }
        String[] words = line.split(" ", 3);
        if (words.length == 3 && !words[0].equals(DONE) && isDone(words[0], Integer.parseInt(words[1]))) {
            byPhase.computeIfAbsent(Measurement.parse(words[2]).phase(), phase -> new LinkedHashMap<>())
                    .computeIfAbsent(words[0], peer -> new TreeMap<>())
                    .put(Integer.parseInt(words[1]), Measurement.parse(words[2]));
        }
    }

    /** Whether a peer was measured in a round. */
    public boolean isDone(String peer, int round) {
        return done.contains(peer + " " + round);
    }

    /** Begins a new file with these comments if there is none. */
    public void begin(List<String> lines) throws IOException {
        if (comments.isEmpty()) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            List<String> marked = lines.stream().map(line -> "# " + line).toList();
            Files.write(file, marked, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            comments.addAll(lines);
        }
    }

    /** Appends all phases of a peer in a round. */
    public void add(String peer, int round, List<Measurement> measured) throws IOException {
        List<String> lines = new ArrayList<>();
        measured.forEach(one -> lines.add(peer + " " + round + " " + one.line()));
        lines.add(DONE + " " + peer + " " + round);
        Files.write(file, lines, StandardOpenOption.APPEND);
        done.add(peer + " " + round);
        lines.forEach(this::take);
    }

    /** The comment lines. */
    public List<String> comments() {
        return List.copyOf(comments);
    }

    /** Where it is. */
    public Path path() {
        return file;
    }

    /** By phase and peer, in the order of the file: the measurements by round. */
    public Map<String, Map<String, TreeMap<Integer, Measurement>>> results() {
        return byPhase;
    }
}
