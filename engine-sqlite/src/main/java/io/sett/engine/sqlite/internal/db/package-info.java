// SPDX-License-Identifier: Apache-2.0
/** Files, connections and turns: the one writer, the pool of readers, cancelling, errors. */
@NullMarked
package io.sett.engine.sqlite.internal.db;

import org.jspecify.annotations.NullMarked;
