// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.kv;

import io.sett.api.common.KeyRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The pending writes of a transaction or batch: at most one for each key, in unsigned order of keys, and ranges that
 * are removed before them. A range that is added removes the writes in it, so the order of calls is kept.
 *
 * <p>A sorted array while it is small or while keys arrive in order (then a put is an append), a tree afterwards.
 * Arguments are copied. Limits are checked before anything changes.
 *
 * <p>A {@link View} shows the writes of the moment it was made, without a copy: each write carries the epoch in which
 * it was made, a view ends an epoch, and an overwritten write is kept behind the newer one as long as a view may need
 * it.
 *
 * <p>Threads: one at a time. After it was handed over in a {@link CommitRequest} nobody changes it any more; then many
 * threads may read it.
 */
public final class WriteSet implements Iterable<PendingWrite> {

    private static final int SMALL = 48;
    private static final PendingWrite[] NONE = new PendingWrite[0];

    private final KVArguments arguments;
    private PendingWrite[] array = NONE;
    private int arraySize;
    private @Nullable TreeMap<byte[], PendingWrite> tree;
    private long bytes;
    private int epoch;
    private int openViews;
    private final List<DeletedRange> ranges = new ArrayList<>(0);

    private record DeletedRange(KeyRange range, int epoch) {
    }

    /** An empty set of a store with these limits. */
    public WriteSet(KVArguments arguments) {
        this.arguments = arguments;
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

    /** Removes every key of a range: those written so far too, not those written later. */
    public void deleteRange(KeyRange range) {
        if (range.isEmpty()) {
            return;
        }
        long grown = bytes + range.start().map(key -> key.length).orElse(0)
                + range.end().map(key -> key.length).orElse(0);
        arguments.checkSize(grown, operations() + 1);
        for (PendingWrite write : written(range)) {
            grown -= openViews > 0 ? write.value().length : write.byteSize();
            if (openViews > 0) {
                replace(write, new PendingWrite(write.key(), null, PendingWrite.NEVER, (byte) 0, epoch,
                        keptBehind(write)));
            } else {
                remove(write);
            }
        }
        ranges.add(new DeletedRange(range, epoch));
        bytes = grown;
    }

    private List<PendingWrite> written(KeyRange range) {
        List<PendingWrite> found = new ArrayList<>();
        byte[] end = range.end().orElse(null);
        PendingWrite write = above(range.start().orElse(null), true);
        while (write != null && (end == null || Arrays.compareUnsigned(write.key(), end) < 0)) {
            found.add(write);
            write = above(write.key(), false);
        }
        return found;
    }

    private void replace(PendingWrite old, PendingWrite write) {
        store(tree == null ? search(old.key()) : 0, old, write);
    }

    private void remove(PendingWrite write) {
        if (tree != null) {
            tree.remove(write.key());
            return;
        }
        int index = search(write.key());
        System.arraycopy(array, index + 1, array, index, arraySize - index - 1);
        arraySize--;
    }

    /** The ranges to remove before the writes, in the order of the calls. */
    public List<KeyRange> deletedRanges() {
        return ranges.stream().map(DeletedRange::range).toList();
    }

    /** Whether any range is removed. */
    public boolean deletesRanges() {
        return !ranges.isEmpty();
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

    private void add(byte[] key, boolean copy, byte @Nullable [] given, byte @Nullable [] value, long expiresAtMillis,
            byte metadata) {
        if (tree != null && addNew(tree, key, copy, value, expiresAtMillis, metadata)) {
            return;
        }
        int index = tree == null ? search(key) : -1;
        PendingWrite old = tree != null ? tree.get(key) : index >= 0 ? array[index] : null;
        long grown = bytes + (given == null ? 0 : given.length)
                + (old == null ? key.length : -(long) old.value().length);
        arguments.checkSize(grown, old == null ? operations() + 1 : operations());
        byte[] kept = old != null ? old.key() : copy ? key.clone() : key;
        PendingWrite write = new PendingWrite(kept, value, expiresAtMillis, metadata, epoch, keptBehind(old));
        store(index, old, write);
        bytes = grown;
    }

    /** Adds to the tree with one descent; false when the key is there already or a limit is near. */
    private boolean addNew(TreeMap<byte[], PendingWrite> sorted, byte[] key, boolean copy, byte @Nullable [] value,
            long expiresAtMillis, byte metadata) {
        long grown = bytes + key.length + (value == null ? 0 : value.length);
        if (grown > arguments.limits().maxTransactionBytes()
                || operations() >= arguments.limits().maxTransactionOperations()) {
            return false;
        }
        byte[] kept = copy ? key.clone() : key;
        PendingWrite write = new PendingWrite(kept, value, expiresAtMillis, metadata, epoch, null);
        if (sorted.putIfAbsent(kept, write) != null) {
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

    private void store(int index, @Nullable PendingWrite old, PendingWrite write) {
        if (tree != null) {
            tree.put(write.key(), write);
        } else if (old != null) {
            array[index] = write;
        } else if (arraySize < SMALL || -index - 1 == arraySize) {
            insert(-index - 1, write);
        } else {
            growIntoTree().put(write.key(), write);
        }
    }

    private void insert(int at, PendingWrite write) {
        if (arraySize == array.length) {
            array = Arrays.copyOf(array, array.length == 0 ? 2 : array.length * 2);
        }
        System.arraycopy(array, at, array, at + 1, arraySize - at);
        array[at] = write;
        arraySize++;
    }

    private TreeMap<byte[], PendingWrite> growIntoTree() {
        TreeMap<byte[], PendingWrite> grown = new TreeMap<>(Arrays::compareUnsigned);
        for (int i = 0; i < arraySize; i++) {
            grown.put(array[i].key(), array[i]);
        }
        tree = grown;
        array = NONE;
        arraySize = 0;
        return grown;
    }

    /** Index of the key in the array, or {@code -insertion - 1}. */
    private int search(byte[] key) {
        if (arraySize == 0 || Arrays.compareUnsigned(array[arraySize - 1].key(), key) < 0) {
            return -arraySize - 1;
        }
        int low = 0;
        int high = arraySize - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            int order = Arrays.compareUnsigned(array[middle].key(), key);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    /** The write of this key, or null. */
    public @Nullable PendingWrite find(byte[] key) {
        if (tree != null) {
            return tree.get(key);
        }
        int index = search(key);
        return index >= 0 ? array[index] : null;
    }

    /** Number of keys written. */
    public int size() {
        return tree != null ? tree.size() : arraySize;
    }

    /** Number of keys written and ranges removed. */
    public long operations() {
        return (long) size() + ranges.size();
    }

    /** Whether nothing was written. */
    public boolean isEmpty() {
        return size() == 0 && ranges.isEmpty();
    }

    /** Bytes of keys and values. */
    public long byteSize() {
        return bytes;
    }

    /** The writes in unsigned order of their keys. */
    @Override
    public Iterator<PendingWrite> iterator() {
        return tree != null ? tree.values().iterator() : new ArrayIterator();
    }

    private final class ArrayIterator implements Iterator<PendingWrite> {

        private int next;

        @Override
        public boolean hasNext() {
            return next < arraySize;
        }

        @Override
        public PendingWrite next() {
            if (next >= arraySize) {
                throw new NoSuchElementException();
            }
            return array[next++];
        }
    }

    private @Nullable PendingWrite above(byte @Nullable [] key, boolean inclusive) {
        if (tree != null) {
            return value(key == null ? tree.firstEntry() : inclusive ? tree.ceilingEntry(key) : tree.higherEntry(key));
        }
        int index = key == null ? 0 : search(key);
        index = index < 0 ? -index - 1 : inclusive || key == null ? index : index + 1;
        return index < arraySize ? array[index] : null;
    }

    private @Nullable PendingWrite below(byte @Nullable [] key, boolean inclusive) {
        if (tree != null) {
            return value(key == null ? tree.lastEntry() : inclusive ? tree.floorEntry(key) : tree.lowerEntry(key));
        }
        int index = key == null ? arraySize - 1 : search(key);
        index = index < 0 ? -index - 2 : inclusive || key == null ? index : index - 1;
        return index >= 0 ? array[index] : null;
    }

    private static @Nullable PendingWrite value(Map.@Nullable Entry<byte[], PendingWrite> entry) {
        return entry == null ? null : entry.getValue();
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
            PendingWrite write = above(key, inclusive);
            while (write != null) {
                PendingWrite shown = shown(write);
                if (shown != null) {
                    return shown;
                }
                write = above(write.key(), false);
            }
            return null;
        }

        /** The highest write below the key, or at it when inclusive; from the highest on when the key is null. */
        public @Nullable PendingWrite down(byte @Nullable [] key, boolean inclusive) {
            PendingWrite write = below(key, inclusive);
            while (write != null) {
                PendingWrite shown = shown(write);
                if (shown != null) {
                    return shown;
                }
                write = below(write.key(), false);
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

        private @Nullable PendingWrite shown(PendingWrite newest) {
            PendingWrite write = newest;
            while (write != null && write.epoch() > shownEpoch) {
                write = write.previous();
            }
            return write;
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
