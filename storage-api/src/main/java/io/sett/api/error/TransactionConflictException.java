// SPDX-License-Identifier: Apache-2.0
package io.sett.api.error;

import java.util.Map;

/**
 * Somebody else was first: repeat the whole transaction (or let {@code update} do it).
 *
 * <p>Codes: {@link ErrorCode#TXN_CONFLICT}, {@link ErrorCode#CONFLICT} (lock conflict, deadlock victim). A conflict may
 * surface at any call of a transaction, not only at its commit. Nothing of the transaction is visible.
 */
public final class TransactionConflictException extends StorageException {

    private static final long serialVersionUID = 1L;

    /** An error without further facts; the message says what, where, the limit and what to do. */
    public TransactionConflictException(ErrorCode code, String message) {
        super(code, message, Map.of(), null, false);
    }

    /** An error with facts for {@link #details()}. */
    public TransactionConflictException(ErrorCode code, String message, Map<String, ?> details) {
        super(code, message, details, null, false);
    }

    /** An error with facts and the failure that caused it. */
    public TransactionConflictException(ErrorCode code, String message, Map<String, ?> details, Throwable cause) {
        super(code, message, details, cause, false);
    }
}
