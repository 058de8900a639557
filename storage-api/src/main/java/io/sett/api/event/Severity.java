// SPDX-License-Identifier: Apache-2.0
package io.sett.api.event;

/** How much an event matters, from little to much. */
public enum Severity {
    /** Routine work in the background. */
    DEBUG,
    /** Something that is good to know. */
    INFO,
    /** Works, but somebody should look at it. */
    WARNING,
    /** Something failed or is about to. */
    ERROR
}
