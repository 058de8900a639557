// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.kv;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.TransactionConflictException;
import java.util.Map;

/**
 * Why a transaction cannot commit.
 *
 * @param reason what collided
 * @param subject the key or range, for messages; empty when only its fingerprint is known
 * @param readVersion the version the transaction read at
 * @param version the version of the commit that came first
 */
public record Conflict(Reason reason, String subject, long readVersion, long version) {

    /** What collided. */
    public enum Reason {
        /** A key that was read has been written since. */
        READ_KEY("a key it had read"),
        /** A key in a range that was scanned has been written since. */
        SCANNED_RANGE("a key in a range it had scanned"),
        /** A key that it writes has been written since. */
        WRITTEN_KEY("a key that it writes"),
        /** A key read for update has been written since. */
        FOR_UPDATE("a key it had read for update"),
        /** The commits since its read version are not remembered any more. */
        TOO_OLD("something it may have read: the commits since are not remembered any more");

        private final String words;

        Reason(String words) {
            this.words = words;
        }
    }

    /** The error for the caller. */
    public TransactionConflictException toException(String store, long transactionId) {
        return new TransactionConflictException(ErrorCode.TXN_CONFLICT, "store '" + store + "': transaction "
                + transactionId + ", which reads at version " + readVersion + ", lost: commit " + version + " wrote "
                + reason.words + (subject.isEmpty() ? "" : " (" + subject + ")")
                + "; nothing of it is visible, repeat the whole transaction",
                Map.of("store", store, "transaction", transactionId, "reason", reason, "readVersion", readVersion,
                        "version", version));
    }
}
