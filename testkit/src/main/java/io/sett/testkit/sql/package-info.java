// SPDX-License-Identifier: Apache-2.0
/**
 * The contract of SQL stores: extend {@link io.sett.testkit.sql.SQLStoreContract}. It uses the SQL that most databases
 * share: tables with {@code integer}, {@code real}, {@code text} and {@code blob} columns.
 */
@NullMarked
package io.sett.testkit.sql;

import org.jspecify.annotations.NullMarked;
