// SPDX-License-Identifier: Apache-2.0
/** Values that all kinds of stores share: bytes, ranges, health, metrics, capabilities, limits, progress. */
@NullMarked
package io.sett.api.common;

import org.jspecify.annotations.NullMarked;
