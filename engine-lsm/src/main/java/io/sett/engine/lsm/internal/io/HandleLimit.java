// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.io;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps few channels open for many files: when one more opens than may be, the one that opened first lets go of its own,
 * and opens again when it is read. Threads: any.
 */
public final class HandleLimit {

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<ReadableFile, Boolean> open = new LinkedHashMap<>();
    private final int most;

    /** At most so many, at least 1. */
    public HandleLimit(int most) {
        this.most = Math.max(1, most);
    }

    /** The channel of a file was opened; called without a lock of the file. */
    void opened(ReadableFile file) {
        lock.lock();
        try {
            open.remove(file);
            open.put(file, true);
            var oldest = open.keySet().iterator();
            while (open.size() > most) {
                oldest.next().releaseHandle();
                oldest.remove();
            }
        } finally {
            lock.unlock();
        }
    }

    /** A file is closed for good; called without a lock of the file. */
    void closed(ReadableFile file) {
        lock.lock();
        try {
            open.remove(file);
        } finally {
            lock.unlock();
        }
    }
}
