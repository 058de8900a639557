// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.kv;

/** How a transaction ended. */
public enum TransactionOutcome {
    /** Its writes are visible, or handed over to an asynchronous commit that succeeded. */
    COMMITTED("was committed"),
    /** The caller gave it up. */
    ROLLED_BACK("was rolled back"),
    /** Another transaction was first. */
    CONFLICTED("lost a conflict and was rolled back"),
    /** Its commit failed. */
    FAILED("failed to commit"),
    /** It was open for longer than its timeout. */
    TIMED_OUT("was open for longer than its timeout and was rolled back"),
    /** Its store was closed. */
    STORE_CLOSED("was rolled back when its store was closed");

    private final String words;

    TransactionOutcome(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
