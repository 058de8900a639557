// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.kv;

import io.sett.engine.sqlite.internal.db.Prepared;
import java.sql.SQLException;
import java.time.Clock;

/**
 * Tells when rows expire. Most stores hold no entry with a time to live; as long as that is known, rows are not asked
 * for it. Asked after a row was reached: whoever writes such an entry says so before it becomes visible.
 */
final class Expiries {

    private final Clock clock;
    private volatile boolean any;

    Expiries(Clock clock) {
        this.clock = clock;
    }

    /** There may be entries with a time to live from now on. */
    void found() {
        if (!any) {
            any = true;
        }
    }

    /** When the row expires, in milliseconds; 0 for never. */
    long of(Prepared row, int column) throws SQLException {
        return any ? row.integer(column) : 0;
    }

    /** Whether a moment has passed that {@link #of} told. */
    boolean isOver(long expires) {
        return expires != 0 && expires <= clock.millis();
    }
}
