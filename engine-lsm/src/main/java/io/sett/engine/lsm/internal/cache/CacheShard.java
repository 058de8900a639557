// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.cache;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One shard of a {@link BlockCache}: a hash table read without locks, and the two queues, changed under a lock. */
final class CacheShard<V> {

    /** A block: link of a hash chain and of a queue. */
    private static final class Node<V> {
        final long hash;
        final long file;
        final long offset;
        final V value;
        final int charge;
        volatile @Nullable Node<V> chain;
        @Nullable Node<V> newer;
        boolean removed;
        boolean inMain;
        /** How often it was asked for lately, up to three. Lost updates do no harm. */
        int uses;

        Node(long hash, long file, long offset, V value, int charge) {
            this.hash = hash;
            this.file = file;
            this.offset = offset;
            this.value = value;
            this.charge = charge;
        }
    }

    /** Blocks in order of arrival. A removed one stays until it comes to the end, but is charged no more. */
    private static final class Queue<V> {
        @Nullable Node<V> oldest;
        @Nullable Node<V> newest;
        long bytes;

        void add(Node<V> node) {
            node.newer = null;
            Node<V> last = newest;
            if (last == null) {
                oldest = node;
            } else {
                last.newer = node;
            }
            newest = node;
        }

        @Nullable Node<V> poll() {
            Node<V> node = oldest;
            if (node != null) {
                oldest = node.newer;
                if (oldest == null) {
                    newest = null;
                }
                node.newer = null;
            }
            return node;
        }
    }

    /** What a block costs beside its bytes. */
    private static final int OVERHEAD = 96;
    private static final int FIRST_TABLE = 64;
    private static final int MAX_USES = 3;

    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<V> small = new Queue<>();
    private final Queue<V> main = new Queue<>();
    private volatile AtomicReferenceArray<Node<V>> table = new AtomicReferenceArray<>(FIRST_TABLE);
    /** Hashes of blocks that left the small queue unused; a slot holds the latest. */
    private long[] ghosts = new long[FIRST_TABLE];
    private long capacity;
    private int entries;
    private long inserts;
    private long evictions;

    CacheShard(long capacity) {
        this.capacity = capacity;
    }

    @Nullable V get(long hash, long file, long offset) {
        AtomicReferenceArray<Node<V>> slots = table;
        Node<V> node = slots.getAcquire(slot(hash, slots.length()));
        while (node != null) {
            if (node.file == file && node.offset == offset) {
                if (node.uses < MAX_USES) {
                    node.uses++;
                }
                return node.value;
            }
            node = node.chain;
        }
        return null;
    }

    void put(long hash, long file, long offset, V value, int bytes) {
        int charge = bytes + OVERHEAD;
        lock.lock();
        try {
            if (charge > capacity / 2) {
                return;
            }
            remove(hash, file, offset);
            Node<V> node = new Node<>(hash, file, offset, value, charge);
            int ghost = slot(hash, ghosts.length);
            boolean known = ghosts[ghost] == hash;
            if (known) {
                ghosts[ghost] = 0;
            }
            node.inMain = known;
            Queue<V> queue = known ? main : small;
            queue.add(node);
            queue.bytes += charge;
            link(node);
            inserts++;
            evict();
        } finally {
            lock.unlock();
        }
    }

    void resize(long bytes) {
        lock.lock();
        try {
            capacity = bytes;
            evict();
        } finally {
            lock.unlock();
        }
    }

    void clear() {
        lock.lock();
        try {
            long before = capacity;
            capacity = 0;
            evict();
            capacity = before;
        } finally {
            lock.unlock();
        }
    }

    CacheStats stats() {
        lock.lock();
        try {
            return new CacheStats(0, 0, inserts, evictions, entries, small.bytes + main.bytes, capacity);
        } finally {
            lock.unlock();
        }
    }

    private void evict() {
        while (small.bytes + main.bytes > capacity) {
            boolean fromSmall = small.bytes > capacity / 10 || main.oldest == null;
            Queue<V> queue = fromSmall ? small : main;
            Node<V> node = queue.poll();
            if (node == null) {
                return;
            }
            if (node.removed) {
                continue;
            }
            queue.bytes -= node.charge;
            if (fromSmall ? node.uses > 1 : node.uses > 0) {
                node.uses = fromSmall ? 0 : node.uses - 1;
                node.inMain = true;
                main.add(node);
                main.bytes += node.charge;
                continue;
            }
            if (fromSmall) {
                ghosts[slot(node.hash, ghosts.length)] = node.hash;
            }
            unlink(node);
            evictions++;
        }
    }

    private void remove(long hash, long file, long offset) {
        AtomicReferenceArray<Node<V>> slots = table;
        Node<V> node = slots.get(slot(hash, slots.length()));
        while (node != null) {
            if (node.file == file && node.offset == offset) {
                unlink(node);
                node.removed = true;
                (node.inMain ? main : small).bytes -= node.charge;
                return;
            }
            node = node.chain;
        }
    }

    private void link(Node<V> node) {
        if (++entries > table.length()) {
            grow();
        }
        AtomicReferenceArray<Node<V>> slots = table;
        int slot = slot(node.hash, slots.length());
        node.chain = slots.get(slot);
        slots.setRelease(slot, node);
    }

    private void unlink(Node<V> node) {
        AtomicReferenceArray<Node<V>> slots = table;
        int slot = slot(node.hash, slots.length());
        Node<V> at = slots.get(slot);
        entries--;
        if (at == node) {
            slots.setRelease(slot, node.chain);
            return;
        }
        while (at != null) {
            Node<V> next = at.chain;
            if (next == node) {
                at.chain = node.chain;
                return;
            }
            at = next;
        }
    }

    /** Doubles the table. A reader that walks a chain meanwhile may miss a block, and reads it again from its file. */
    private void grow() {
        AtomicReferenceArray<Node<V>> old = table;
        int length = old.length() * 2;
        AtomicReferenceArray<Node<V>> slots = new AtomicReferenceArray<>(length);
        for (int i = 0; i < old.length(); i++) {
            Node<V> node = old.get(i);
            while (node != null) {
                Node<V> next = node.chain;
                int slot = slot(node.hash, length);
                node.chain = slots.get(slot);
                slots.set(slot, node);
                node = next;
            }
        }
        table = slots;
        ghosts = new long[length];
    }

    private static int slot(long hash, int length) {
        return (int) (hash >>> 16) & length - 1;
    }
}
