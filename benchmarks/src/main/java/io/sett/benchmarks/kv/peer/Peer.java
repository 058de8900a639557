// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.kv.peer;

import io.sett.engine.lsm.LsmOptions;
import java.nio.file.Path;
import java.util.List;

/**
 * A store under measurement. Safe for the number of threads that a workload uses.
 *
 * <p>Fair means: the same budgets for caches and write buffers where the store has such settings, the same durability
 * (what differs is said at the adapter), compression where it has any, and the calls that its manual recommends.
 */
public interface Peer extends AutoCloseable {

    /** Ours with its values compressed. */
    String COMPRESSING = "settz";

    /**
     * Names of all peers, ours first: with the recommended value threshold, with the documented one of 32, and with the
     * recommended one and compressed values.
     */
    List<String> NAMES = List.of("sett", "sett32", COMPRESSING, "rocksdb", "lmdb", "mvstore", "sqlite", "mapdb",
            "xodus", "leveldb");

    /** Those that are compared when nobody names any. */
    List<String> USUAL = List.of("sett", "sett32", COMPRESSING, "rocksdb", "lmdb", "mvstore", "sqlite");

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
            case "sett" -> new SettPeer(directory, sync, LsmOptions.RECOMMENDED_VALUE_THRESHOLD, false);
            case "sett32" -> new SettPeer(directory, sync, 32, false);
            case COMPRESSING -> new SettPeer(directory, sync, LsmOptions.RECOMMENDED_VALUE_THRESHOLD, true);
            case "rocksdb" -> new RocksPeer(directory, sync);
            case "lmdb" -> new LmdbPeer(directory, sync);
            case "mvstore" -> new MvStorePeer(directory, sync);
            case "sqlite" -> new SqlitePeer(directory, sync);
            case "mapdb" -> new MapDbPeer(directory, sync);
            case "xodus" -> new XodusPeer(directory, sync);
            case "leveldb" -> new LevelDbPeer(directory, sync);
            default -> throw new IllegalArgumentException("no peer '" + name + "', there are " + NAMES);
        };
    }

    void put(byte[] key, byte[] value);

    /** A copy of the value or null. */
    byte[] value(byte[] key);

    /** The length of the value, -1 when absent; the value's bytes are copied. */
    default int get(byte[] key) {
        byte[] value = value(key);
        return value == null ? -1 : value.length;
    }

    /** The length of the value, -1 when absent; looked at in place where the store can. */
    default int view(byte[] key) {
        return get(key);
    }

    void delete(byte[] key);

    /** Writes all atomically. */
    void batch(List<byte[]> keys, List<byte[]> values);

    /** Goes to the first key at or above and on for so many entries; sums the lengths of what it saw. */
    long scan(byte[] from, int count);

    /** Adds 1 to a number in a transaction; returns how often it had to be repeated. */
    int increment(byte[] key);

    /** Waits until background work is done, so that the next phase does not pay for the last one. */
    void settle();

    /** Gives space back as far as the store can. */
    default void reclaim() {
        settle();
    }

    @Override
    void close();
}
