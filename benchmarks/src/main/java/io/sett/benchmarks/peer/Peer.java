// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.peer;

import java.nio.file.Path;
import java.util.List;

/** A store under measurement. Safe for the number of threads that a workload uses. */
public interface Peer extends AutoCloseable {

    /** Names of all peers. */
    List<String> NAMES = List.of("sett", "sett32", "rocksdb", "lmdb", "mvstore");

    /** Bytes of cache each peer may use for blocks. */
    long CACHE_BYTES = 64L << 20;

    /** Bytes of write buffer each peer may use where it has one. */
    long WRITE_BUFFER_BYTES = 64L << 20;

    /**
     * Opens a peer.
     *
     * @param sync whether a write returns only after it was forced to the device; otherwise it survives the end of the
     *     process
     */
    static Peer open(String name, Path directory, boolean sync) {
        return switch (name) {
            case "sett" -> new SettPeer(directory, sync, false);
            case "sett32" -> new SettPeer(directory, sync, true);
            case "rocksdb" -> new RocksPeer(directory, sync);
            case "lmdb" -> new LmdbPeer(directory, sync);
            case "mvstore" -> new MvStorePeer(directory, sync);
            default -> throw new IllegalArgumentException("no peer '" + name + "', there are " + NAMES);
        };
    }

    void put(byte[] key, byte[] value);

    /** The length of the value, -1 when absent; the value's bytes are copied. */
    int get(byte[] key);

    /** A copy of the value or null. */
    byte[] value(byte[] key);

    void delete(byte[] key);

    /** Writes all atomically. */
    void batch(List<byte[]> keys, List<byte[]> values);

    /** Goes to the first key at or above and on for so many entries; sums the lengths of what it saw. */
    long scan(byte[] from, int count);

    /** Adds 1 to a number in a transaction; returns how often it had to be repeated. */
    int increment(byte[] key);

    /** Waits until background work is done, so that the next phase does not pay for the last one. */
    void settle();

    @Override
    void close();
}
