// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.common;

import io.sett.api.error.CancelledException;
import io.sett.api.error.ErrorCode;
import io.sett.spi.Deadline;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Lets writers of one name take turns: a lock for each of 64 groups of names, two always taken in order. */
public final class NameLocks {

    private final ReentrantLock[] locks = new ReentrantLock[64];

    /** No name is locked. */
    public NameLocks() {
        for (int i = 0; i < locks.length; i++) {
            locks[i] = new ReentrantLock();
        }
    }

    /** Runs the body when no other writer of the name is at work. */
    public <T> T with(String name, Deadline deadline, Supplier<T> body) {
        ReentrantLock lock = locks[index(name)];
        take(lock, name, deadline);
        try {
            return body.get();
        } finally {
            lock.unlock();
        }
    }

    /** Runs the body when no other writer of both names is at work. */
    public <T> T with(String one, String other, Deadline deadline, Supplier<T> body) {
        boolean inOrder = index(one) <= index(other);
        return with(inOrder ? one : other, deadline, () -> with(inOrder ? other : one, deadline, body));
    }

    private int index(String name) {
        return Math.floorMod(name.hashCode() * 0x9E3779B9 >>> 16, locks.length);
    }

    private static void take(ReentrantLock lock, String name, Deadline deadline) {
        try {
            if (!lock.tryLock(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
                throw deadline.exceeded("waiting for another writer of file '" + name + "'");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CancelledException(ErrorCode.CANCELLED, "interrupted while waiting for another writer of file '"
                    + name + "'; nothing was changed");
        }
    }
}
