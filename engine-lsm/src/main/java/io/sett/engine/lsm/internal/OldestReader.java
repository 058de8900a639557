// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import io.sett.engine.lsm.internal.txn.Oracle;

/**
 * For how long the oldest version has been read: nobody counts that for each reader, so it is known from looks at which
 * the version was the same. Any thread.
 */
final class OldestReader {

    private final Oracle oracle;
    private long version = -1;
    private long sinceMillis;

    OldestReader(Oracle oracle) {
        this.oracle = oracle;
    }

    /** Looks; answers the oldest version that is read. */
    synchronized long look(long nowMillis) {
        long oldest = oracle.oldestReader();
        if (oldest != version) {
            version = oldest;
            sinceMillis = nowMillis;
        }
        return oldest;
    }

    /** At least how long it has been read, in milliseconds; 0 when all readers read the newest version. */
    synchronized long ageMillis(long nowMillis) {
        look(nowMillis);
        return version < oracle.visible() ? Math.max(0, nowMillis - sinceMillis) : 0;
    }
}
