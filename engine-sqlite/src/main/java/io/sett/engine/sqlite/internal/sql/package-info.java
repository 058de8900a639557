// SPDX-License-Identifier: Apache-2.0
/** The SQL store. */
@NullMarked
package io.sett.engine.sqlite.internal.sql;

import org.jspecify.annotations.NullMarked;
