// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.base;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Counts the users of something that is replaced now and then, without a point on which all readers meet: the count is
 * spread over stripes. Once {@linkplain #retire() retired} nobody can acquire any more, and when the last user has left
 * the action runs, once.
 *
 * <p>Why the sum is safe: a user counts itself before it looks at the flag, the retiring thread sets the flag before it
 * sums up. A stripe read as 0 after that holds no user and will hold none but those that are about to be turned away.
 */
public final class UseCount {

    /** Answer of {@link #acquire} after the end. */
    public static final int RETIRED = -1;

    private static final int STRIPES = 8;
    /** Ints from one stripe to the next: a stripe has a cache line pair of its own. */
    private static final int SPACING = 32;

    private final AtomicIntegerArray counts = new AtomicIntegerArray(STRIPES * SPACING);
    private final AtomicBoolean finished = new AtomicBoolean();
    private final Runnable action;
    private volatile boolean retired;

    /** In use from now on. */
    public UseCount(Runnable action) {
        this.action = action;
    }

    /** Counts a user; the answer belongs to {@link #release}. {@link #RETIRED} when it is too late. */
    public int acquire() {
        int stripe = ((int) Thread.currentThread().getId() & STRIPES - 1) * SPACING;
        counts.incrementAndGet(stripe);
        if (retired) {
            release(stripe);
            return RETIRED;
        }
        return stripe;
    }

    /** A user leaves. */
    public void release(int stripe) {
        counts.decrementAndGet(stripe);
        if (retired) {
            finishIfUnused();
        }
    }

    /** No new users from now on. Idempotent. */
    public void retire() {
        retired = true;
        finishIfUnused();
    }

    /** Whether it was retired. */
    public boolean isRetired() {
        return retired;
    }

    private void finishIfUnused() {
        for (int i = 0; i < STRIPES; i++) {
            if (counts.get(i * SPACING) != 0) {
                return;
            }
        }
        if (finished.compareAndSet(false, true)) {
            action.run();
        }
    }
}
