// SPDX-License-Identifier: Apache-2.0
/** Loggers of the library; exported to its own engines only. */
@NullMarked
package io.sett.spi.log;

import org.jspecify.annotations.NullMarked;
