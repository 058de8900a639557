// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.cache;

import io.sett.api.cache.CacheRemoval;
import io.sett.api.cache.RemovalListener;
import io.sett.testkit.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Keeps what a removal listener heard. */
final class Removals implements RemovalListener {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final List<String> heard = new ArrayList<>();

    @Override
    public void onRemoval(CacheRemoval removal) {
        lock.lock();
        try {
            heard.add(removal.key() + "=" + Bytes.text(removal.value()) + " " + removal.cause());
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until so many came, half a minute at most, and returns all that came. */
    List<String> await(int count) throws AssertionError {
        long left = TimeUnit.SECONDS.toNanos(30);
        lock.lock();
        try {
            while (heard.size() < count && left > 0) {
                left = arrived.awaitNanos(left);
            }
            return List.copyOf(heard);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for removals", interrupted);
        } finally {
            lock.unlock();
        }
    }
}
