// SPDX-License-Identifier: Apache-2.0
package io.sett.api.kv;

/** When a conflict is noticed. */
public enum TransactionMode {
    /** At commit, by comparing what was read and written. Never blocks. */
    OPTIMISTIC,
    /** When a key is locked for writing; waits, and breaks deadlocks (needs PESSIMISTIC_TRANSACTIONS). */
    PESSIMISTIC
}
