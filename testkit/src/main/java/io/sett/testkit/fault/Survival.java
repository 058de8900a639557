// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.fault;

/** What of the changes that were not forced a crash image has. */
public enum Survival {
    /** Nothing. */
    FORCED,
    /** All. */
    ALL,
    /** All names and all lengths, but no bytes: what was written is zero where the file grew, as before elsewhere. */
    SIZES,
    /** A random part, writes torn into sectors of 512 bytes. */
    RANDOM
}
