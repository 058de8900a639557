// SPDX-License-Identifier: Apache-2.0
/**
 * Transactions: read versions and who holds them ({@link io.sett.engine.lsm.internal.txn.Oracle}), and the open
 * transactions of a store ({@link io.sett.engine.lsm.internal.txn.Transactions}). The transaction itself, its read and
 * write set and the memory of recent commits are those of {@link io.sett.spi.kv}.
 */
@NullMarked
package io.sett.engine.lsm.internal.txn;

import org.jspecify.annotations.NullMarked;
