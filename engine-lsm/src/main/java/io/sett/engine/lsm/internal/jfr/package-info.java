// SPDX-License-Identifier: Apache-2.0
/**
 * Rank 0: background work as events of the Flight Recorder. Module {@code jdk.jfr} is optional: where it is missing, or
 * no recording was ever started, nothing of it is loaded and a span costs nothing. Only
 * {@link io.sett.engine.lsm.internal.jfr.Flight} may be used from outside.
 */
@NullMarked
package io.sett.engine.lsm.internal.jfr;

import org.jspecify.annotations.NullMarked;
