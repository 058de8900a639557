// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.fault;

import java.time.Instant;
import java.util.Arrays;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A file or a directory, whatever names it has. Guarded by the lock of its file system. */
final class Node {

    private static final int FIRST_CAPACITY = 256;

    private final long id;
    private final @Nullable TreeMap<String, Node> names;
    private byte[] bytes = new byte[0];
    private int length;
    private int links;
    private int handles;
    private Instant modified = Instant.EPOCH;

    private Node(long id, @Nullable TreeMap<String, Node> names) {
        this.id = id;
        this.names = names;
    }

    static Node file(long id) {
        return new Node(id, null);
    }

    static Node directory(long id) {
        return new Node(id, new TreeMap<>());
    }

    long id() {
        return id;
    }

    boolean isDirectory() {
        return names != null;
    }

    /** The names in a directory. */
    TreeMap<String, Node> names() {
        if (names == null) {
            throw new IllegalStateException("node " + id + " is a file");
        }
        return names;
    }

    int length() {
        return length;
    }

    Instant modified() {
        return modified;
    }

    void modified(Instant moment) {
        modified = moment;
    }

    void link(int change) {
        links += change;
    }

    void handle(int change) {
        handles += change;
    }

    int handles() {
        return handles;
    }

    /** Whether its space can be had again. */
    boolean isGone() {
        return links == 0 && handles == 0;
    }

    void content(byte[] content, int size) {
        bytes = content;
        length = size;
    }

    byte[] content() {
        return Arrays.copyOf(bytes, length);
    }

    /** Up to {@code count} bytes from there; fewer at the end. */
    byte[] read(long position, int count) {
        if (position >= length) {
            return new byte[0];
        }
        int from = (int) position;
        return Arrays.copyOfRange(bytes, from, Math.min(length, from + count));
    }

    void write(long position, byte[] source) {
        int end = Math.toIntExact(position + source.length);
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end, Math.max(FIRST_CAPACITY, bytes.length * 2)));
        }
        System.arraycopy(source, 0, bytes, (int) position, source.length);
        length = Math.max(length, end);
    }

    void truncate(long size) {
        int end = (int) size;
        Arrays.fill(bytes, end, length, (byte) 0);
        length = end;
        if (bytes.length > FIRST_CAPACITY && bytes.length / 4 > end) {
            bytes = Arrays.copyOf(bytes, end);
        }
    }
}
