// SPDX-License-Identifier: Apache-2.0
/**
 * The temporary store: each open store has a directory {@code run-<number>} of its own, locked, with its files. What is
 * known of them is in memory only. At open, the directories of stores whose process is dead are deleted; a live one's
 * lock protects it.
 */
@NullMarked
package io.sett.engine.file.internal.temp;

import org.jspecify.annotations.NullMarked;
