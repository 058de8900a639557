// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.db;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A few connections that were used lately and are kept at hand with their turn, so that a short read costs neither a
 * turn nor a visit to the pool. Without locks: a connection lies in one slot, taken and put by one atomic exchange; a
 * thread looks first where it left its own.
 */
final class WarmConnections {

    private static final int MOST = 16;

    private final AtomicReferenceArray<@Nullable PooledSession> slots;

    WarmConnections(int most) {
        this.slots = new AtomicReferenceArray<>(Math.min(MOST, most));
    }

    /** One of them, or null when there is none. */
    @Nullable PooledSession take() {
        int length = slots.length();
        int home = home(length);
        for (int i = 0; i < length; i++) {
            int at = home + i < length ? home + i : home + i - length;
            if (slots.get(at) != null) {
                PooledSession found = slots.getAndSet(at, null);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    /** Keeps one; answers false when there is no room. */
    boolean put(PooledSession session) {
        int length = slots.length();
        int home = home(length);
        for (int i = 0; i < length; i++) {
            int at = home + i < length ? home + i : home + i - length;
            if (slots.get(at) == null && slots.compareAndSet(at, null, session)) {
                return true;
            }
        }
        return false;
    }

    private static int home(int length) {
        long id = Thread.currentThread().getId();
        return length == 0 ? 0 : (int) (id * 0x9E3779B97F4A7C15L >>> 33) % length;
    }
}
