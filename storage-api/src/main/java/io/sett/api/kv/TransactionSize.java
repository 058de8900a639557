// SPDX-License-Identifier: Apache-2.0
package io.sett.api.kv;

/**
 * How large a transaction has grown.
 *
 * @param bytes of keys and values written
 * @param operations number of writes
 * @param maxBytes limit on bytes
 * @param maxOperations limit on writes
 */
public record TransactionSize(long bytes, long operations, long maxBytes, long maxOperations) {

    /** How much of the nearer limit is used, from 0 to 1. */
    public double usage() {
        return Math.max((double) bytes / maxBytes, (double) operations / maxOperations);
    }

    /** Whether 80 % of a limit are used. */
    public boolean isNearLimit() {
        return usage() >= 0.8;
    }

    /** Bytes that may still be written. */
    public long remainingBytes() {
        return Math.max(0, maxBytes - bytes);
    }
}
