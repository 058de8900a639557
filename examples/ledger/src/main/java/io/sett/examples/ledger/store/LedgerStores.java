// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.store;

import io.sett.api.cache.CacheStore;
import io.sett.api.file.FileStore;
import io.sett.api.kv.KVStore;
import io.sett.api.sql.SQLStore;

/**
 * The stores of the ledger. Whoever made them closes them.
 *
 * @param rows      headers, transactions, outputs, spent marks
 * @param rawBlocks blocks as they came
 * @param summaries tables for the report
 * @param hot       rows that were looked up lately
 */
public record LedgerStores(KVStore rows, FileStore rawBlocks, SQLStore summaries, CacheStore hot) {
}
