// SPDX-License-Identifier: Apache-2.0
/** What people see: tables, lookups, progress. */
@NullMarked
package io.sett.examples.ledger.report;

import org.jspecify.annotations.NullMarked;
