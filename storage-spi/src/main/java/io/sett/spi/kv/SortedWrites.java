// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.kv;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * At most one write for each key, in unsigned order of keys: a sorted array while it is small or while keys arrive in
 * order (then adding is an append), a tree afterwards. One thread at a time.
 */
final class SortedWrites implements Iterable<PendingWrite> {

    private static final int SMALL = 1024;
    private static final PendingWrite[] NONE = new PendingWrite[0];

    private PendingWrite[] array = NONE;
    private int arraySize;
    private @Nullable TreeMap<byte[], PendingWrite> tree;

    int size() {
        return tree != null ? tree.size() : arraySize;
    }

    @Nullable PendingWrite find(byte[] key) {
        if (tree != null) {
            return tree.get(key);
        }
        int index = search(key);
        return index >= 0 ? array[index] : null;
    }

    /** Adds a write if it has grown into a tree and the key is new, with one descent; says whether it did. */
    boolean addToTree(PendingWrite write) {
        return tree != null && tree.putIfAbsent(write.key(), write) == null;
    }

    /** Whether it has grown into a tree. */
    boolean isTree() {
        return tree != null;
    }

    /** Adds a write, or replaces that of the same key. */
    void put(PendingWrite write) {
        if (tree != null) {
            tree.put(write.key(), write);
            return;
        }
        int index = search(write.key());
        if (index >= 0) {
            array[index] = write;
        } else if (arraySize < SMALL || -index - 1 == arraySize) {
            insert(-index - 1, write);
        } else {
            growIntoTree().put(write.key(), write);
        }
    }

    void remove(byte[] key) {
        if (tree != null) {
            tree.remove(key);
            return;
        }
        int index = search(key);
        if (index >= 0) {
            System.arraycopy(array, index + 1, array, index, arraySize - index - 1);
            array[--arraySize] = null;
        }
    }

    void clear() {
        array = NONE;
        arraySize = 0;
        tree = null;
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

    /** The lowest write above the key, or at it when inclusive; the lowest of all when the key is null. */
    @Nullable PendingWrite above(byte @Nullable [] key, boolean inclusive) {
        if (tree != null) {
            return value(key == null ? tree.firstEntry() : inclusive ? tree.ceilingEntry(key) : tree.higherEntry(key));
        }
        int index = key == null ? 0 : search(key);
        index = index < 0 ? -index - 1 : inclusive || key == null ? index : index + 1;
        return index < arraySize ? array[index] : null;
    }

    /** The highest write below the key, or at it when inclusive; the highest of all when the key is null. */
    @Nullable PendingWrite below(byte @Nullable [] key, boolean inclusive) {
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
}
