// SPDX-License-Identifier: Apache-2.0
/**
 * Engines: what they declare ({@link io.sett.spi.EngineProvider}), what they receive
 * ({@link io.sett.spi.EngineContext}), and how they are found and opened ({@link io.sett.spi.Engines},
 * {@link io.sett.spi.EngineRegistry}).
 */
@NullMarked
package io.sett.spi;

import org.jspecify.annotations.NullMarked;
