// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.kv;

import io.sett.engine.sqlite.internal.db.ReadPool;
import io.sett.engine.sqlite.internal.db.Session;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One version of the data: a read transaction on a connection of the pool, shared by all who read at that version. They
 * take turns by its lock; {@link ReadViews} counts them.
 */
final class ReadView {

    private final ReadPool.Lease lease;
    private final long version;
    private final ReentrantLock lock = new ReentrantLock();
    /** Guarded by the lock of {@link ReadViews}. */
    int users = 1;

    ReadView(ReadPool.Lease lease, long version) {
        this.lease = lease;
        this.version = version;
    }

    long version() {
        return version;
    }

    Session session() {
        return lease.session();
    }

    ReadPool.Lease lease() {
        return lease;
    }

    ReentrantLock lock() {
        return lock;
    }
}
