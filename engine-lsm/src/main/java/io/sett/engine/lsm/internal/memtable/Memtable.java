// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.memtable;

import io.sett.engine.lsm.internal.base.Bytes;
import io.sett.engine.lsm.internal.base.EntryKind;
import io.sett.engine.lsm.internal.base.EntryRef;
import io.sett.engine.lsm.internal.base.Hash64;
import io.sett.engine.lsm.internal.base.InternalCursor;
import io.sett.engine.lsm.internal.base.InternalKey;
import io.sett.engine.lsm.internal.base.RangeDeletions;
import io.sett.engine.lsm.internal.base.ValueCell;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The newest writes, sorted, in memory, until they are flushed to a table.
 *
 * <p>Threads: one adds, any number read at the same time. A reader sees at least what was added before the version with
 * which it reads was published. When the same key is added twice with the same version and kind, the later one is
 * found.
 */
public final class Memtable {

    private static final long SEED = 0x5DEECE66DL;
    private static final int STEPS_BEFORE_SEARCH = 8;

    private final long id;
    private final SkipList list;
    private final PointIndex points;
    private final AtomicLong entries = new AtomicLong();
    private final AtomicLong tombstones = new AtomicLong();
    private final AtomicLong bytes;
    private final RangeDeletionStack rangeDeletions = new RangeDeletionStack();
    private final AtomicLong minVersion = new AtomicLong(Long.MAX_VALUE);
    private final AtomicLong maxVersion = new AtomicLong();

    /**
     * An empty memtable.
     *
     * @param id that of the log beside it
     */
    public Memtable(long id) {
        this(id, Bytes.EMPTY);
    }

    /**
     * An empty memtable that is quickest for keys with this prefix; others work all the same.
     *
     * @param expectedPrefix what the keys of the memtable before had in common, see {@link #commonPrefix}
     */
    public Memtable(long id, byte[] expectedPrefix) {
        this(id, expectedPrefix, 0);
    }

    /** The same with room for so many keys in its index, which grows by doubling beyond. */
    public Memtable(long id, byte[] expectedPrefix, long expectedKeys) {
        this.id = id;
        list = new SkipList(new KeyHead(expectedPrefix.clone()), SEED + id);
        points = new PointIndex(list, expectedKeys);
        bytes = new AtomicLong(list.allocated() + points.bytes());
    }

    /** That of the log beside it. */
    public long id() {
        return id;
    }

    /** Adds an entry whose cell is complete, or the deletion of a range whose end is the cell. */
    public void add(byte[] key, int keyOffset, int keyLength, long trailer, byte[] cell, int cellOffset,
            int cellLength) {
        if (InternalKey.kind(trailer) == EntryKind.RANGE_DELETE) {
            rangeDeletions.add(Arrays.copyOfRange(key, keyOffset, keyOffset + keyLength),
                    Arrays.copyOfRange(cell, cellOffset, cellOffset + cellLength), InternalKey.version(trailer));
            countVersion(InternalKey.version(trailer));
            bytes.setRelease(memory());
            return;
        }
        int data = list.add(key, keyOffset, keyLength, trailer, cellLength);
        System.arraycopy(cell, cellOffset, list.array(data), list.cellOffset(data), cellLength);
        points.put(Hash64.of(key, keyOffset, keyLength), list.link(data));
        count(trailer);
    }

    /** Adds an entry and writes the cell's header itself. */
    public void add(byte[] key, int keyOffset, int keyLength, long trailer, byte userMeta, long expiresAt,
            byte[] payload, int payloadOffset, int payloadLength) {
        int cellLength = ValueCell.encodedLength(userMeta, expiresAt, payloadLength);
        int data = list.add(key, keyOffset, keyLength, trailer, cellLength);
        int at = ValueCell.writeHeader(list.array(data), list.cellOffset(data), userMeta, expiresAt);
        System.arraycopy(payload, payloadOffset, list.array(data), at, payloadLength);
        points.put(Hash64.of(key, keyOffset, keyLength), list.link(data));
        count(trailer);
    }

    private void count(long trailer) {
        long version = InternalKey.version(trailer);
        entries.setRelease(entries.getPlain() + 1);
        if (InternalKey.kind(trailer) == EntryKind.DELETE) {
            tombstones.setRelease(tombstones.getPlain() + 1);
        }
        countVersion(version);
        bytes.setRelease(memory());
    }

    private long memory() {
        long memory = list.allocated() + points.bytes();
        return rangeDeletions.isEmpty() ? memory : memory + rangeDeletions.memory();
    }

    /** A commit that added nothing here belongs to it too. */
    public void note(long version) {
        if (version > maxVersion.getPlain()) {
            maxVersion.setRelease(version);
        }
    }

    private void countVersion(long version) {
        if (version < minVersion.getPlain()) {
            minVersion.setRelease(version);
        }
        if (version > maxVersion.getPlain()) {
            maxVersion.setRelease(version);
        }
    }

    /**
     * Finds the newest entry of the key at or behind the trailer ({@link InternalKey#seekTrailer}).
     *
     * @return whether there is one; the result then points at it
     */
    public boolean get(byte[] key, int offset, int length, long trailer, EntryRef result) {
        return get(key, offset, length, Hash64.of(key, offset, length), trailer, result);
    }

    /** The same for whoever knows the hash of the key. */
    public boolean get(byte[] key, int offset, int length, long hash, long trailer, EntryRef result) {
        int node = points.find(hash, key, offset, length);
        for (int steps = 0; node != PointIndex.NONE; steps++) {
            int data = list.data(node);
            if (steps > 0 && !list.hasKey(data, key, offset, length)) {
                return false;
            }
            if (Long.compareUnsigned(list.trailer(data), trailer) >= 0) {
                result.set(list.array(data), list.cellOffset(data), list.cellLength(data), list.trailer(data));
                return true;
            }
            // Versions of a key lie side by side, the newest first; many are jumped over.
            node = steps == STEPS_BEFORE_SEARCH ? list.ceiling(key, offset, length, trailer) : list.next(node);
        }
        return false;
    }

    /** A cursor, for one thread. */
    public InternalCursor cursor() {
        return new MemtableCursor(list);
    }

    /** Memory that it takes, unused room in its chunks included. */
    public long bytes() {
        return bytes.getAcquire();
    }

    /** Number of entries. */
    public long entries() {
        return entries.getAcquire();
    }

    /** Number of deletions. */
    public long tombstones() {
        return tombstones.getAcquire();
    }

    /** Whether nothing was added yet. */
    public boolean isEmpty() {
        return entries() == 0 && rangeDeletions.isEmpty();
    }

    /** Whether the deletion of any range was added. */
    public boolean hasRangeDeletions() {
        return !rangeDeletions.isEmpty();
    }

    /** The deletions of ranges, in several sets. */
    public List<RangeDeletions> rangeDeletions() {
        return rangeDeletions.sets();
    }

    /** The version of the newest range deletion of the key that is not above the snapshot; 0 when there is none. */
    public long newestRangeDeletion(byte[] key, int offset, int length, long snapshot) {
        return rangeDeletions.newest(key, offset, length, snapshot);
    }

    /** The lowest version in it; Long.MAX_VALUE when empty. */
    public long minVersion() {
        return minVersion.getAcquire();
    }

    /** The highest version in it; 0 when empty. */
    public long maxVersion() {
        return maxVersion.getAcquire();
    }

    /** What all its keys begin with; empty when it has none. */
    public byte[] commonPrefix() {
        try (InternalCursor low = cursor(); InternalCursor high = cursor()) {
            if (!low.first() || !high.last()) {
                return Bytes.EMPTY;
            }
            int common = Bytes.commonPrefix(low.keyArray(), low.keyOffset(), low.keyLength(), high.keyArray(),
                    high.keyOffset(), high.keyLength());
            return Arrays.copyOfRange(low.keyArray(), low.keyOffset(), low.keyOffset() + common);
        }
    }
}
