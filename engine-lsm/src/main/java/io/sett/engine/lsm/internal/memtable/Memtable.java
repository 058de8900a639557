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
    /** With so many entries it is known what the keys have in common. */
    private static final long ENTRIES_THAT_TELL = 1024;
    private static final int MAX_PREFIX = 1024;

    /** The entries, in order and by key. */
    private static final class Content {
        private final SkipList list;
        private final PointIndex points;

        private Content(byte[] prefix, long seed, long expectedKeys) {
            list = new SkipList(new KeyHead(prefix), seed);
            points = new PointIndex(list, expectedKeys);
        }

        private long bytes() {
            return list.allocated() + points.bytes();
        }
    }

    private final long id;
    private final byte[] expectedPrefix;
    private final long expectedKeys;
    private volatile Content content;
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
        this.expectedPrefix = expectedPrefix.clone();
        this.expectedKeys = expectedKeys;
        content = new Content(this.expectedPrefix, SEED + id, expectedKeys);
        bytes = new AtomicLong(content.bytes());
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
        addTo(content, key, keyOffset, keyLength, trailer, cell, cellOffset, cellLength);
        count(trailer);
    }

    /** Adds an entry and writes the cell's header itself. */
    public void add(byte[] key, int keyOffset, int keyLength, long trailer, byte userMeta, long expiresAt,
            byte[] payload, int payloadOffset, int payloadLength) {
        Content now = content;
        SkipList list = now.list;
        int cellLength = ValueCell.encodedLength(userMeta, expiresAt, payloadLength);
        int data = list.add(key, keyOffset, keyLength, trailer, cellLength);
        int at = ValueCell.writeHeader(list.array(data), list.cellOffset(data), userMeta, expiresAt);
        System.arraycopy(payload, payloadOffset, list.array(data), at, payloadLength);
        now.points.put(Hash64.of(key, keyOffset, keyLength), list.link(data));
        count(trailer);
    }

    private static void addTo(Content target, byte[] key, int keyOffset, int keyLength, long trailer, byte[] cell,
            int cellOffset, int cellLength) {
        SkipList list = target.list;
        int data = list.add(key, keyOffset, keyLength, trailer, cellLength);
        System.arraycopy(cell, cellOffset, list.array(data), list.cellOffset(data), cellLength);
        target.points.put(Hash64.of(key, keyOffset, keyLength), list.link(data));
    }

    /**
     * Copies the first entries into a list that compares keys behind what they have in common, if nothing was expected
     * or too much. Who reads the old list goes on: it has all that his version may see.
     */
    private void learnPrefix() {
        byte[] prefix = commonPrefix();
        // The first entries may have more in common than all that are to come, so an expectation is only ever lowered.
        boolean helps = expectedPrefix.length == 0 ? prefix.length > 0 : prefix.length < expectedPrefix.length;
        if (!helps || prefix.length > MAX_PREFIX) {
            return;
        }
        Content better = new Content(prefix, SEED + id, expectedKeys);
        try (InternalCursor entry = cursor()) {
            // Backwards: of two entries that are the same the one added later comes first.
            for (boolean more = entry.last(); more; more = entry.prev()) {
                addTo(better, entry.keyArray(), entry.keyOffset(), entry.keyLength(), entry.trailer(),
                        entry.cellArray(), entry.cellOffset(), entry.cellLength());
            }
        }
        content = better;
    }

    private void count(long trailer) {
        long version = InternalKey.version(trailer);
        entries.setRelease(entries.getPlain() + 1);
        if (entries.getPlain() == ENTRIES_THAT_TELL) {
            learnPrefix();
        }
        if (InternalKey.kind(trailer) == EntryKind.DELETE) {
            tombstones.setRelease(tombstones.getPlain() + 1);
        }
        countVersion(version);
        bytes.setRelease(memory());
    }

    private long memory() {
        long memory = content.bytes();
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
        Content now = content;
        SkipList list = now.list;
        int node = now.points.find(hash, key, offset, length);
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
        return new MemtableCursor(content.list);
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
