// SPDX-License-Identifier: Apache-2.0
/**
 * Rank 7: entries that go into tables without passing through the log and a memtable: bulk loads, and transactions
 * larger than memory. {@link io.sett.engine.lsm.internal.ingest.IngestSorter} sorts them, through runs in temporary
 * tables;
 * {@link io.sett.engine.lsm.internal.ingest.IngestTables} writes the tables, which get their version when they are
 * installed; {@link io.sett.engine.lsm.internal.ingest.IngestPlacement} says in which level. Until the manifest names
 * them all these files are unfinished work, which the next opening deletes.
 */
@NullMarked
package io.sett.engine.lsm.internal.ingest;

import org.jspecify.annotations.NullMarked;
