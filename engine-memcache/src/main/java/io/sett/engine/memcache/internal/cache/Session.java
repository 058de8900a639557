// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.cache;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What one thread keeps for one cache: the bytes of the key at hand, whether it is inside of an operation, and when to
 * measure one. Only its thread writes to it; other threads read the depths.
 */
final class Session {

    private static final int DRAWN_SHIFT = 28;
    private static final int LARGE_BATCH = 4096;

    private byte[] key = new byte[128];
    private int keyLength;
    private long hash;
    private final AtomicInteger reading = new AtomicInteger();
    private final AtomicInteger writing = new AtomicInteger();
    private final WeakReference<Thread> thread = new WeakReference<>(Thread.currentThread());
    private final Approach approach = new Approach();
    private @Nullable KeyBatch batch;
    private @Nullable Lease lease;
    private boolean operated;
    private int random = System.identityHashCode(this);

    /** Makes a key the one at hand. */
    void use(byte[] bytes, int length, long keyHash) {
        key = bytes;
        keyLength = length;
        hash = keyHash;
    }

    /** Makes a copy of a key the one at hand. */
    void load(byte[] from, int at, int length, long keyHash) {
        if (key.length < length) {
            key = new byte[length];
        }
        System.arraycopy(from, at, key, 0, length);
        keyLength = length;
        hash = keyHash;
    }

    Approach approach() {
        return approach;
    }

    /** A lease that nobody uses until it is given back. */
    Lease takeLease(String what) {
        Lease taken = lease;
        lease = null;
        return taken == null ? new Lease(what) : taken;
    }

    void giveBack(Lease used) {
        used.end();
        lease = used;
    }

    /** An empty batch that nobody uses until it is given back. */
    KeyBatch takeBatch() {
        KeyBatch taken = batch;
        batch = null;
        return taken == null ? new KeyBatch() : taken;
    }

    /** Keeps the batch for the next time, unless it has grown large. */
    void giveBack(KeyBatch used) {
        batch = used.size() > LARGE_BATCH ? null : used;
        used.clear();
    }

    byte[] key() {
        return key;
    }

    int keyLength() {
        return keyLength;
    }

    long hash() {
        return hash;
    }

    private AtomicInteger depths(boolean write) {
        return write ? writing : reading;
    }

    /** Notes that its thread is inside; others may see it a moment later. */
    void enter(boolean write) {
        AtomicInteger depth = depths(write);
        depth.lazySet(depth.getPlain() + 1);
    }

    /** Makes what {@link #enter} noted visible to all before anything that follows. */
    void publish(boolean write) {
        AtomicInteger depth = depths(write);
        depth.set(depth.getPlain());
    }

    void leave(boolean write) {
        AtomicInteger depth = depths(write);
        depth.lazySet(depth.getPlain() - 1);
    }

    /** How deep its thread is in operations of a kind. */
    int depth(boolean write) {
        return depths(write).get();
    }

    /** Whether its thread has ended. */
    boolean isOver() {
        Thread of = thread.get();
        return of == null || !of.isAlive();
    }

    /** Whether this request counts for hot keys: one in 16, at random, so that no rhythm of the caller is met. */
    boolean isAdvised() {
        return isDrawn();
    }

    /** Whether this operation is one to measure: the first, then one in 16 at random. */
    boolean isMeasured() {
        if (operated) {
            return isDrawn();
        }
        operated = true;
        return true;
    }

    private boolean isDrawn() {
        random = random * 1_103_515_245 + 12_345;
        return random >>> DRAWN_SHIFT == 0;
    }
}
