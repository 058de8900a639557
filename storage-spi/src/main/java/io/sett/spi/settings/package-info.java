// SPDX-License-Identifier: Apache-2.0
/**
 * Typed settings: a {@link io.sett.spi.settings.Setting} is declared once with its type, default, range, unit and
 * description; {@link io.sett.spi.settings.EngineSettings} reads values against those declarations and reports all
 * problems at once, each with its origin.
 */
@NullMarked
package io.sett.spi.settings;

import org.jspecify.annotations.NullMarked;
