// SPDX-License-Identifier: Apache-2.0
/** SQL as text: one pass that knows quotes, comments and triggers. Pure functions. */
@NullMarked
package io.sett.engine.sqlite.internal.text;

import org.jspecify.annotations.NullMarked;
