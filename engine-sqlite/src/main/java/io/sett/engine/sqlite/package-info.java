// SPDX-License-Identifier: Apache-2.0
/** Opening stores on SQLite without configuration: {@link io.sett.engine.sqlite.Sqlite}. */
@NullMarked
package io.sett.engine.sqlite;

import org.jspecify.annotations.NullMarked;
