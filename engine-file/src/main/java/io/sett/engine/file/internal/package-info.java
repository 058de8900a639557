// SPDX-License-Identifier: Apache-2.0
/**
 * Wiring of the file engine. Ranks, each may use lower ones: {@code io} (0), {@code name}, {@code format} (1),
 * {@code store} and {@code temp} (2), this package (3).
 */
@NullMarked
package io.sett.engine.file.internal;

import org.jspecify.annotations.NullMarked;
