// SPDX-License-Identifier: Apache-2.0
package io.sett.spi;

/** How carefully handles that are left open (cursors, transactions, streams) are tracked. */
public enum HandleTracking {
    /** Counts them; the report of a leak has no stack. */
    COUNT,
    /** Records the opening stack of one in 64. */
    SAMPLED,
    /** Records every opening stack; costs microseconds a handle. For tests. */
    FULL
}
