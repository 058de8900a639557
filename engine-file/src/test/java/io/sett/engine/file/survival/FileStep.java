// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.survival;

import io.sett.api.file.FileStore;
import io.sett.testkit.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One change of a file store, and what it makes of the contents by name.
 *
 * @param kind what is done
 * @param name the file
 * @param other another file, of a copy or move
 * @param content new content, of a save or append
 */
record FileStep(Kind kind, String name, String other, byte[] content) {

    /** What can be done. */
    enum Kind {
        SAVE, STREAM, APPEND, COPY, MOVE, DELETE
    }

    private static final List<String> NAMES = List.of("a", "b", "d/a", "d/e/b", "f/c");

    /** A history of steps that all succeed on a sound disk. */
    static List<FileStep> history(long seed, int length) {
        Random random = new Random(seed);
        Map<String, byte[]> contents = new TreeMap<>();
        List<FileStep> steps = new ArrayList<>();
        while (steps.size() < length) {
            Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
            int size = kind == Kind.STREAM ? 65_000 + random.nextInt(2000) : random.nextInt(600);
            FileStep step = new FileStep(kind, NAMES.get(random.nextInt(NAMES.size())),
                    NAMES.get(random.nextInt(NAMES.size())), Bytes.pattern(size, steps.size() + seed));
            boolean needsFile = kind == Kind.COPY || kind == Kind.MOVE || kind == Kind.DELETE;
            if (!needsFile || contents.containsKey(step.name) && !step.name.equals(step.other)) {
                contents = step.applied(contents);
                steps.add(step);
            }
        }
        return steps;
    }

    void run(FileStore store) {
        switch (kind) {
            case SAVE -> store.save(name, content);
            case STREAM -> store.write(name, out -> {
                out.write(content, 0, content.length / 2);
                out.write(content, content.length / 2, content.length - content.length / 2);
            });
            case APPEND -> store.append(name, content);
            case COPY -> store.copy(name, other, true);
            case MOVE -> store.move(name, other, true);
            default -> store.delete(name);
        }
    }

    Map<String, byte[]> applied(Map<String, byte[]> before) {
        Map<String, byte[]> after = new TreeMap<>(before);
        switch (kind) {
            case SAVE, STREAM -> after.put(name, content);
            case APPEND -> {
                byte[] old = before.getOrDefault(name, new byte[0]);
                byte[] both = Arrays.copyOf(old, old.length + content.length);
                System.arraycopy(content, 0, both, old.length, content.length);
                after.put(name, both);
            }
            case COPY -> after.put(other, before.get(name));
            case MOVE -> after.put(other, after.remove(name));
            default -> after.remove(name);
        }
        return after;
    }

    /** All contents of a store, each checked while it is read. */
    static Map<String, byte[]> contents(FileStore store) {
        Map<String, byte[]> found = new TreeMap<>();
        try (Stream<String> names = store.walk("", "").map(info -> info.name())) {
            names.forEach(name -> found.put(name, store.load(name)));
        }
        return found;
    }

    static boolean same(Map<String, byte[]> one, Map<String, byte[]> other) {
        return one.keySet().equals(other.keySet())
                && one.keySet().stream().allMatch(name -> Arrays.equals(one.get(name), other.get(name)));
    }

    static String shown(Map<String, byte[]> contents) {
        Map<String, String> shown = new TreeMap<>();
        contents.forEach((name, content) ->
                shown.put(name, content.length + " bytes, hash " + Arrays.hashCode(content)));
        return shown.toString();
    }

    @Override
    public String toString() {
        return kind + " " + name + (kind == Kind.COPY || kind == Kind.MOVE ? " to " + other : "");
    }
}
