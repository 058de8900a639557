// SPDX-License-Identifier: Apache-2.0
/**
 * Wiring of the file engines. Ranks, each may use lower ones: {@code io} and {@code common} (0), {@code name} and
 * {@code format} (1), {@code store}, {@code temp}, {@code kv}, {@code content} and {@code nio} (2), this package (3).
 */
@NullMarked
package io.sett.engine.file.internal;

import org.jspecify.annotations.NullMarked;
