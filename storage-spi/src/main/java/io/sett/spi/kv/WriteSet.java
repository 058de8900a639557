// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.kv;

import io.sett.api.common.KeyRange;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.LimitExceededException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pending writes of a transaction or batch: at most one for each key, in unsigned order of keys, and ranges that
 * are removed before them. A range that is added removes the writes in it, so the order of calls is kept.
 *
 * <p>Arguments are copied. Limits are checked before anything changes. With a {@link WriteOverflow} there is no limit
 * of size: when the writes in memory have become as many bytes as the environment says they go there.
 *
 * <p>A {@link View} shows the writes of the moment it was made, without a copy: each write carries the epoch in which
 * it was made, a view ends an epoch, and an overwritten write is kept behind the newer one as long as a view may need
 * it.
 *
 * <p>Threads: one at a time. After it was handed over in a {@link CommitRequest} nobody changes it any more; then many
 * threads may read it.
 */
public final class WriteSet implements Iterable<PendingWrite> {

    /** So many times the bytes at which writes go to the overflow may stay in memory while they cannot. */
    private static final int MOST_IN_MEMORY = 8;

    private final KVArguments arguments;
    private final @Nullable TransactionEnvironment environment;
    private final long spillBytes;
    private final SortedWrites writes = new SortedWrites();
    private final List<DeletedRange> ranges = new ArrayList<>(0);
    private @Nullable WriteOverflow overflow;
    private byte[] lowestSpilled = {};
    private byte[] highestSpilled = {};
    private long spilledBytes;
    private long spilledWrites;
    private long bytes;
    private int epoch;
    private int openViews;

    private record DeletedRange(KeyRange range, int epoch) {
    }

    /** An empty set of a store with these limits. */
    public WriteSet(KVArguments arguments) {
        this.arguments = arguments;
        this.environment = null;
        this.spillBytes = Long.MAX_VALUE;
    }

    /** An empty set of a transaction or batch, whose writes go to an overflow if the store has one. */
    WriteSet(TransactionEnvironment environment) {
        this.arguments = environment.arguments();
        this.environment = environment;
        this.spillBytes = environment.spillBytes();
    }

    /** Sets a value; both arrays are copied. */
    public void put(byte[] key, byte[] value, long expiresAtMillis, byte metadata) {
        arguments.checkEntry(key, value);
        add(key, true, value, value.clone(), expiresAtMillis, metadata);
    }

    /** Sets a value without copying: neither array may be changed by anybody afterwards. */
    public void putOwned(byte[] key, byte[] value, long expiresAtMillis, byte metadata) {
        arguments.checkEntry(key, value);
        add(key, false, value, value, expiresAtMillis, metadata);
    }

    /** Removes a key; the array is copied. */
    public void delete(byte[] key) {
        arguments.checkWrittenKey(key);
        add(key, true, null, null, PendingWrite.NEVER, (byte) 0);
    }

    /** Removes a key without copying: the array may not be changed by anybody afterwards. */
    public void deleteOwned(byte[] key) {
        arguments.checkWrittenKey(key);
        add(key, false, null, null, PendingWrite.NEVER, (byte) 0);
    }

    private void add(byte[] key, boolean copy, byte @Nullable [] given, byte @Nullable [] value, long expiresAtMillis,
            byte metadata) {
        if (bytes >= spillBytes) {
            spill();
        }
        if (writes.isTree() && addNew(key, copy, value, expiresAtMillis, metadata)) {
            return;
        }
        PendingWrite old = writes.find(key);
        long grown = bytes + (given == null ? 0 : given.length)
                + (old == null ? key.length : -(long) old.value().length);
        arguments.checkSize(spilledBytes + grown, old == null ? operations() + 1 : operations());
        byte[] kept = old != null ? old.key() : copy ? key.clone() : key;
        writes.put(new PendingWrite(kept, value, expiresAtMillis, metadata, epoch, keptBehind(old)));
        bytes = grown;
    }

    /** Adds to the tree with one descent; false when the key is there already or a limit is near. */
    private boolean addNew(byte[] key, boolean copy, byte @Nullable [] value, long expiresAtMillis, byte metadata) {
        long grown = bytes + key.length + (value == null ? 0 : value.length);
        if (spilledBytes + grown > arguments.limits().maxTransactionBytes()
                || operations() >= arguments.limits().maxTransactionOperations()) {
            return false;
        }
        byte[] kept = copy ? key.clone() : key;
        if (!writes.addToTree(new PendingWrite(kept, value, expiresAtMillis, metadata, epoch, null))) {
            return false;
        }
        bytes = grown;
        return true;
    }

    private @Nullable PendingWrite keptBehind(@Nullable PendingWrite old) {
        if (old == null || openViews == 0) {
            return null;
        }
        return old.epoch() == epoch ? old.previous() : old;
    }

    // --- overflow ---

    /**
     * Moves the writes to the overflow. Not while a view shows them, and not with ranges to remove, whose order among
     * the writes the overflow does not keep.
     */
    private void spill() {
        if (openViews > 0 || !ranges.isEmpty()) {
            if (bytes > MOST_IN_MEMORY * spillBytes) {
                throw new LimitExceededException(ErrorCode.TXN_TOO_BIG, "store '" + arguments.store() + "': a "
                        + "transaction or batch holds " + bytes + " bytes in memory, the limit is "
                        + MOST_IN_MEMORY * spillBytes
                        + " while a cursor of it is open or it removes ranges; close the cursor, or remove ranges in a "
                        + "transaction of their own", Map.of("store", arguments.store(), "actual", bytes));
            }
            return;
        }
        WriteOverflow target = overflow;
        if (target == null && environment != null) {
            target = environment.overflow();
            overflow = target;
        }
        if (target != null && writes.size() > 0) {
            moveTo(target);
        }
    }

    private void moveTo(WriteOverflow target) {
        target.take(writes);
        PendingWrite lowest = writes.above(null, true);
        PendingWrite highest = writes.below(null, true);
        if (lowest != null && (spilledWrites == 0 || Arrays.compareUnsigned(lowest.key(), lowestSpilled) < 0)) {
            lowestSpilled = lowest.key();
        }
        if (highest != null && (spilledWrites == 0 || Arrays.compareUnsigned(highest.key(), highestSpilled) > 0)) {
            highestSpilled = highest.key();
        }
        spilledBytes += bytes;
        spilledWrites += writes.size();
        writes.clear();
        bytes = 0;
    }

    /** The overflow with all the writes, when some of them are there; null when all are in memory. For the commit. */
    public @Nullable WriteOverflow spillAll() {
        WriteOverflow target = overflow;
        if (target != null && writes.size() > 0) {
            moveTo(target);
        }
        return target;
    }

    /** Lets go of the overflow. Idempotent. */
    void close() {
        WriteOverflow target = overflow;
        if (target != null) {
            overflow = null;
            target.close();
        }
    }

    // --- ranges ---

    /** Removes every key of a range: those written so far too, not those written later. */
    public void deleteRange(KeyRange range) {
        if (range.isEmpty()) {
            return;
        }
        if (overflow != null) {
            throw new LimitExceededException(ErrorCode.TXN_TOO_BIG, "store '" + arguments.store() + "': a transaction "
                    + "or batch of " + byteSize() + " bytes, partly in temporary files, cannot remove a range; "
                    + "remove ranges first, or in a transaction of their own", Map.of("store", arguments.store(),
                    "actual", byteSize()));
        }
        long grown = bytes + range.start().map(key -> key.length).orElse(0)
                + range.end().map(key -> key.length).orElse(0);
        arguments.checkSize(grown, operations() + 1);
        for (PendingWrite write : written(range)) {
            grown -= openViews > 0 ? write.value().length : write.byteSize();
            if (openViews > 0) {
                writes.put(new PendingWrite(write.key(), null, PendingWrite.NEVER, (byte) 0, epoch, keptBehind(write)));
            } else {
                writes.remove(write.key());
            }
        }
        ranges.add(new DeletedRange(range, epoch));
        bytes = grown;
    }

    private List<PendingWrite> written(KeyRange range) {
        List<PendingWrite> found = new ArrayList<>();
        byte[] end = range.end().orElse(null);
        PendingWrite write = writes.above(range.start().orElse(null), true);
        while (write != null && (end == null || Arrays.compareUnsigned(write.key(), end) < 0)) {
            found.add(write);
            write = writes.above(write.key(), false);
        }
        return found;
    }

    /** The ranges to remove before the writes, in the order of the calls. */
    public List<KeyRange> deletedRanges() {
        return ranges.stream().map(DeletedRange::range).toList();
    }

    /** Ranges with keys that the iterator does not name: those removed, and that of an overflow. */
    List<KeyRange> writtenRanges() {
        List<KeyRange> written = deletedRanges();
        if (spilledWrites > 0) {
            written = new ArrayList<>(written);
            written.add(KeyRange.of(lowestSpilled, Arrays.copyOf(highestSpilled, highestSpilled.length + 1)));
        }
        return written;
    }

    /** Whether the key lies in a range that is removed; a later {@linkplain #find write} of it wins. */
    public boolean isInDeletedRange(byte[] key) {
        return !ranges.isEmpty() && deletedRange(key, Integer.MAX_VALUE) != null;
    }

    private @Nullable KeyRange deletedRange(byte[] key, int lastEpoch) {
        for (int i = 0; i < ranges.size(); i++) {
            DeletedRange deleted = ranges.get(i);
            if (deleted.epoch <= lastEpoch && deleted.range.contains(key)) {
                return deleted.range;
            }
        }
        return null;
    }

    // --- what it has ---

    /** The write of this key, or null. */
    public @Nullable PendingWrite find(byte[] key) {
        PendingWrite write = writes.find(key);
        WriteOverflow spilled = overflow;
        return write != null || spilled == null ? write : spilled.find(key);
    }

    /** Number of keys written, without those in the overflow. */
    public int size() {
        return writes.size();
    }

    /** Number of keys written and ranges removed; a key that was written again after a spill counts twice. */
    public long operations() {
        return spilledWrites + writes.size() + ranges.size();
    }

    /** Whether nothing was written. */
    public boolean isEmpty() {
        return spilledWrites == 0 && writes.size() == 0 && ranges.isEmpty();
    }

    /** Bytes of keys and values. */
    public long byteSize() {
        return spilledBytes + bytes;
    }

    /** The writes in unsigned order of their keys, without those in the overflow. */
    @Override
    public Iterator<PendingWrite> iterator() {
        return writes.iterator();
    }

    /** The writes made so far; later ones do not show in it. Close it. */
    public View freeze() {
        View view = new View(epoch);
        epoch++;
        openViews++;
        return view;
    }

    /** The writes of one moment. Threads: those of its set. Each step costs a search. */
    public final class View implements AutoCloseable {

        private final int shownEpoch;
        private boolean closed;

        private View(int shownEpoch) {
            this.shownEpoch = shownEpoch;
        }

        /** The lowest write above the key, or at it when inclusive; from the lowest on when the key is null. */
        public @Nullable PendingWrite up(byte @Nullable [] key, boolean inclusive) {
            PendingWrite write = shown(writes.above(key, inclusive), true);
            WriteOverflow spilled = overflow;
            PendingWrite other = spilled == null ? null : spilled.above(key, inclusive);
            if (write == null || other == null) {
                return write == null ? other : write;
            }
            return Arrays.compareUnsigned(other.key(), write.key()) < 0 ? other : write;
        }

        /** The highest write below the key, or at it when inclusive; from the highest on when the key is null. */
        public @Nullable PendingWrite down(byte @Nullable [] key, boolean inclusive) {
            PendingWrite write = shown(writes.below(key, inclusive), false);
            WriteOverflow spilled = overflow;
            PendingWrite other = spilled == null ? null : spilled.below(key, inclusive);
            if (write == null || other == null) {
                return write == null ? other : write;
            }
            return Arrays.compareUnsigned(other.key(), write.key()) > 0 ? other : write;
        }

        /** What the view shows of this write, or else of the next one in the direction that it shows anything of. */
        private @Nullable PendingWrite shown(@Nullable PendingWrite from, boolean up) {
            PendingWrite newest = from;
            while (newest != null) {
                PendingWrite write = newest;
                while (write != null && write.epoch() > shownEpoch) {
                    write = write.previous();
                }
                if (write != null) {
                    return write;
                }
                newest = up ? writes.above(newest.key(), false) : writes.below(newest.key(), false);
            }
            return null;
        }

        /** A removed range in which the key lies, null when there is none; a write of the key that is shown wins. */
        public @Nullable KeyRange deletedRange(byte[] key) {
            return ranges.isEmpty() ? null : WriteSet.this.deletedRange(key, shownEpoch);
        }

        /** Whether any range may be removed. */
        boolean deletesRanges() {
            return !ranges.isEmpty();
        }

        /** Lets overwritten writes go. Idempotent. */
        @Override
        public void close() {
            if (!closed) {
                closed = true;
                openViews--;
            }
        }
    }
}
