// SPDX-License-Identifier: Apache-2.0
/**
 * Transactions: read versions and who holds them ({@link io.sett.engine.lsm.internal.txn.Oracle}), what recent commits
 * wrote (ConflictDetector), and the optimistic transaction itself.
 */
@NullMarked
package io.sett.engine.lsm.internal.txn;

import org.jspecify.annotations.NullMarked;
