// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.db;

import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/** A connection of the pool that is out, with its session, and who uses it now. */
final class PooledSession {

    private final Connection pooled;
    private final Session session;
    private volatile @Nullable Holder holder;

    PooledSession(Connection pooled, Session session) {
        this.pooled = pooled;
        this.session = session;
    }

    Connection pooled() {
        return pooled;
    }

    Session session() {
        return session;
    }

    /** Who uses it; null while it is kept warm. */
    @Nullable Holder holder() {
        return holder;
    }

    void use(@Nullable Holder who) {
        holder = who;
    }
}
