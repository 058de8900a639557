// SPDX-License-Identifier: Apache-2.0
/** SQL stores and key-value stores on SQLite against plain JDBC with the same pragmas. */
@NullMarked
package io.sett.benchmarks.sql;

import org.jspecify.annotations.NullMarked;
