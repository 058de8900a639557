// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.kv;

import io.sett.engine.sqlite.internal.db.Database;
import io.sett.spi.HandleTracker;
import io.sett.spi.kv.KVArguments;
import java.time.Clock;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the parts of one store share.
 *
 * @param database the open database
 * @param table its tables
 * @param arguments checks of arguments
 * @param clock for times to live
 * @param handles where cursors and snapshots are registered
 * @param views the versions that are being read
 * @param reads counts keys that were read
 * @param expiries when rows expire
 */
record KvParts(Database database, KvTable table, KVArguments arguments, Clock clock, HandleTracker handles,
        ReadViews views, LongAdder reads, Expiries expiries) {
}
