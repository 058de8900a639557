// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.txn;

import io.sett.api.common.KeyRange;

/**
 * Remembers which keys recent commits wrote, in bounded memory, and answers whether a transaction has lost against one
 * of them (first committer wins).
 *
 * <p>Two generations, newer and older. When the newer one is full, the older one is dropped if no active transaction
 * began before its last commit; otherwise the newer one may grow up to the limit, and beyond the limit the older one is
 * dropped all the same. What is forgotten raises the {@linkplain #floor() floor}: a transaction that began below it
 * counts as conflicting, since nobody can tell any more.
 *
 * <p>As long as no transaction has begun nothing is remembered at all; the same holds for the keys themselves, which
 * only range reads need. Guarded by the lock of its owner, {@link Oracle}.
 */
final class ConflictDetector {

    /** Keys of a generation that is dropped when nobody needs it. */
    private static final int SMALL_GENERATION = 8 * 1024;

    private static final int MAX_KEY_BYTES = 16 << 20;

    private static final class Generation {

        private final VersionTable table = new VersionTable();
        private final KeyHistory keys = new KeyHistory();
        private long lastVersion;
    }

    private final int maxGeneration;
    private Generation newer = new Generation();
    private Generation older = new Generation();
    private boolean watchesKeys;
    private boolean watchesRanges;
    private long floor;
    private long rangeFloor;

    /**
     * A detector.
     *
     * @param maxKeys how many written keys are remembered at most
     * @param lastVersion the newest commit before it
     */
    ConflictDetector(int maxKeys, long lastVersion) {
        maxGeneration = Math.max(1, maxKeys / 2);
        floor = lastVersion;
        rangeFloor = lastVersion;
    }

    /** From now on commits are remembered. */
    void watchKeys() {
        watchesKeys = true;
    }

    /** From now on the keys of commits are remembered for range reads. */
    void watchRanges() {
        watchesRanges = true;
    }

    boolean watchesKeys() {
        return watchesKeys;
    }

    /** A transaction that reads at a lower version than this counts as conflicting. */
    long floor() {
        return floor;
    }

    /** Remembers one key of a commit. */
    void record(byte[] data, int offset, int length, long version) {
        newer.table.put(VersionTable.fingerprint(data, offset, length), version);
        if (watchesRanges) {
            newer.keys.add(data, offset, length, version);
        } else {
            rangeFloor = version;
        }
        newer.lastVersion = version;
    }

    /** Called for a commit of which nothing is recorded. */
    void skip(long version) {
        floor = version;
        rangeFloor = version;
    }

    /**
     * Drops what nobody needs and what is too much; called between commits.
     *
     * @param oldestReader the lowest version at which an active transaction reads
     */
    void trim(long oldestReader) {
        int size = newer.table.size();
        boolean full = size >= SMALL_GENERATION || newer.keys.bytes() >= MAX_KEY_BYTES / 16;
        boolean tooMuch = size >= maxGeneration || newer.keys.bytes() >= MAX_KEY_BYTES;
        if (tooMuch || full && older.lastVersion <= oldestReader) {
            floor = Math.max(floor, older.lastVersion);
            rangeFloor = Math.max(rangeFloor, older.lastVersion);
            older = newer;
            newer = new Generation();
        }
    }

    /** Whether so much is forgotten that nobody can tell whether a reader at this version is still alone. */
    boolean isForgotten(long readVersion) {
        return readVersion < floor;
    }

    /** The same for range reads. */
    boolean isRangeForgotten(long readVersion) {
        return readVersion < rangeFloor;
    }

    /** Whether a commit above the version wrote this key. */
    boolean wroteAbove(long readVersion, long fingerprint) {
        return newer.table.get(fingerprint) > readVersion || older.table.get(fingerprint) > readVersion;
    }

    /** Whether a commit above the version wrote a key of this range. */
    boolean wroteAbove(long readVersion, KeyRange range) {
        return newer.keys.wroteAbove(readVersion, range) || older.keys.wroteAbove(readVersion, range);
    }

    /** How many keys are remembered. */
    int size() {
        return newer.table.size() + older.table.size();
    }
}
