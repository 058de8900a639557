// SPDX-License-Identifier: Apache-2.0
package io.sett.jcache.internal;

import java.util.concurrent.locks.ReentrantLock;

/**
 * Locks for keys, a fixed number of them: keys may share one. Whoever holds one may take others only for the same key,
 * except that a listener or writer of the application that calls the cache back does so at its own risk.
 */
final class KeyLocks {

    private static final int STRIPES = 256;

    private final ReentrantLock[] locks = new ReentrantLock[STRIPES];

    KeyLocks() {
        for (int i = 0; i < STRIPES; i++) {
            locks[i] = new ReentrantLock();
        }
    }

    ReentrantLock of(String key) {
        int hash = key.hashCode();
        return locks[(hash ^ hash >>> 16) & STRIPES - 1];
    }
}
