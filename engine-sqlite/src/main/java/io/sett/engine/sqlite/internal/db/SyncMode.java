// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.db;

/** When SQLite forces data to the device (https://sqlite.org/pragma.html#pragma_synchronous). */
public enum SyncMode {
    /** Never: a power cut may damage the database. */
    OFF,
    /** At checkpoints: with WAL the last commits may be gone after a power cut, nothing is damaged. */
    NORMAL,
    /** At each commit. */
    FULL,
    /** At each commit, the directory too. */
    EXTRA;

    /** Whether an acknowledged commit survives a power cut. */
    public boolean survivesPowerCut() {
        return this == FULL || this == EXTRA;
    }
}
