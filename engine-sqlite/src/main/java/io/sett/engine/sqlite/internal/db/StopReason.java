// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.db;

/** Why a running statement was told to stop. */
enum StopReason {
    /** Nobody told it to. */
    NONE,
    /** Its thread was interrupted. */
    INTERRUPTED,
    /** Its time was over. */
    DEADLINE,
    /** Its store is being closed, or its transaction ended from outside. */
    CLOSING
}
