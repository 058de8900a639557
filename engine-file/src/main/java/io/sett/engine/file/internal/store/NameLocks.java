// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.store;

import io.sett.api.error.CancelledException;
import io.sett.api.error.ErrorCode;
import io.sett.spi.Deadline;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Lets writers of one name take turns: a lock for each of 64 groups of names, two always taken in order. */
final class NameLocks {

    private final ReentrantLock[] locks = new ReentrantLock[64];

    NameLocks() {
        for (int i = 0; i < locks.length; i++) {
            locks[i] = new ReentrantLock();
        }
    }

    <T> T with(Path path, Deadline deadline, Supplier<T> body) {
        ReentrantLock lock = lockOf(path);
        take(lock, path, deadline);
        try {
            return body.get();
        } finally {
            lock.unlock();
        }
    }

    <T> T with(Path one, Path other, Deadline deadline, Supplier<T> body) {
        boolean inOrder = index(one) <= index(other);
        return with(inOrder ? one : other, deadline, () -> with(inOrder ? other : one, deadline, body));
    }

    private int index(Path path) {
        return Math.floorMod(path.hashCode() * 0x9E3779B9 >>> 16, locks.length);
    }

    private ReentrantLock lockOf(Path path) {
        return locks[index(path)];
    }

    private static void take(ReentrantLock lock, Path path, Deadline deadline) {
        try {
            if (!lock.tryLock(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
                throw deadline.exceeded("waiting for another writer of " + path);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CancelledException(ErrorCode.CANCELLED, "interrupted while waiting for another writer of " + path
                    + "; nothing was changed");
        }
    }
}
