// SPDX-License-Identifier: Apache-2.0
/**
 * The engine put together: {@link io.sett.engine.lsm.internal.OpenStore} opens and closes in order,
 * {@link io.sett.engine.lsm.internal.LsmStore} is the store of the API over it. No algorithms here.
 *
 * <p>A package of the engine imports only packages of lower rank: base 0, io 1, codec 2, cache 3, table, memtable and
 * wal 4, version 5, read 6, flush, ingest and compaction 7, recovery 8, commit 9, txn 10, this one 13.
 */
@NullMarked
package io.sett.engine.lsm.internal;

import org.jspecify.annotations.NullMarked;
