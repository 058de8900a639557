// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.kv;

import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The versions that somebody is reading at, and how many each: tells what must be kept. Safe for many threads; each
 * call takes a lock for some tens of nanoseconds.
 */
public final class ActiveVersions {

    private final ReentrantLock lock = new ReentrantLock();
    private long[] versions = new long[16];
    private int[] readers = new int[16];
    private int from;
    private int to;
    private int total;

    /** Nobody reads. */
    public ActiveVersions() {
    }

    /**
     * Begins reading at the newest version. The supplier is asked under the lock, so that {@link #oldest} cannot miss
     * this reader.
     */
    public long acquire(LongSupplier newest) {
        lock.lock();
        try {
            long version = newest.getAsLong();
            add(version);
            return version;
        } finally {
            lock.unlock();
        }
    }

    /** Reads once more at a version that somebody is reading at already. */
    public void acquireAgain(long version) {
        lock.lock();
        try {
            int index = Arrays.binarySearch(versions, from, to, version);
            if (index < 0 || readers[index] == 0) {
                throw new IllegalStateException("nobody reads at version " + version + " any more");
            }
            readers[index]++;
            total++;
        } finally {
            lock.unlock();
        }
    }

    private void add(long version) {
        total++;
        if (from < to && versions[to - 1] == version) {
            readers[to - 1]++;
            return;
        }
        int index = Arrays.binarySearch(versions, from, to, version);
        if (index >= 0) {
            readers[index]++;
            return;
        }
        makeRoom();
        int at = -Arrays.binarySearch(versions, from, to, version) - 1;
        System.arraycopy(versions, at, versions, at + 1, to - at);
        System.arraycopy(readers, at, readers, at + 1, to - at);
        versions[at] = version;
        readers[at] = 1;
        to++;
    }

    /** Drops versions without readers when the arrays are full, and doubles them when that does not help. */
    private void makeRoom() {
        if (to < versions.length) {
            return;
        }
        int kept = 0;
        for (int i = from; i < to; i++) {
            if (readers[i] > 0) {
                versions[kept] = versions[i];
                readers[kept++] = readers[i];
            }
        }
        from = 0;
        to = kept;
        if (kept > versions.length / 2) {
            versions = Arrays.copyOf(versions, versions.length * 2);
            readers = Arrays.copyOf(readers, versions.length);
        }
    }

    /** Ends reading at a version. */
    public void release(long version) {
        lock.lock();
        try {
            int index = Arrays.binarySearch(versions, from, to, version);
            if (index < 0 || readers[index] == 0) {
                throw new IllegalStateException("nobody reads at version " + version);
            }
            readers[index]--;
            total--;
            while (from < to && readers[from] == 0) {
                from++;
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * The oldest version somebody reads at.
     *
     * @param ifNone the newest version, read before this call; the answer when nobody reads, or only later ones
     */
    public long oldest(long ifNone) {
        lock.lock();
        try {
            return from < to ? Math.min(versions[from], ifNone) : ifNone;
        } finally {
            lock.unlock();
        }
    }

    /** How many readers there are. */
    public int count() {
        lock.lock();
        try {
            return total;
        } finally {
            lock.unlock();
        }
    }
}
