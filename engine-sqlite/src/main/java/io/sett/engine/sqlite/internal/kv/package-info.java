// SPDX-License-Identifier: Apache-2.0
/** The key-value store on a table. */
@NullMarked
package io.sett.engine.sqlite.internal.kv;

import org.jspecify.annotations.NullMarked;
