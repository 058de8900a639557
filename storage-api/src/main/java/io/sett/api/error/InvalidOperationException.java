// SPDX-License-Identifier: Apache-2.0
package io.sett.api.error;

import java.util.Map;

/**
 * The call itself is wrong and will always be: fix the calling code.
 *
 * <p>Codes: {@link ErrorCode#INVALID_ARGUMENT}, {@link ErrorCode#INVALID_NAME}, {@link ErrorCode#INVALID_TTL},
 * {@link ErrorCode#READ_ONLY_TXN}, {@link ErrorCode#READ_ONLY_STORE}, {@link ErrorCode#NOT_POSITIONED},
 * {@link ErrorCode#INVALID_STORAGE_TYPE}, {@link ErrorCode#TTL_NOT_SET}, {@link ErrorCode#FILE_ALREADY_EXISTS},
 * {@link ErrorCode#DIRECTORY_NOT_EMPTY}, {@link ErrorCode#VALUE_TYPE_MISMATCH}, {@link ErrorCode#SQL_STATEMENT},
 * {@link ErrorCode#SQL_CONSTRAINT}, {@link ErrorCode#TRANSACTION_FAILED}. Nothing was changed.
 */
public final class InvalidOperationException extends StorageException {

    private static final long serialVersionUID = 1L;

    /** An error without further facts; the message says what, where, the limit and what to do. */
    public InvalidOperationException(ErrorCode code, String message) {
        super(code, message, Map.of(), null, false);
    }

    /** An error with facts for {@link #details()}. */
    public InvalidOperationException(ErrorCode code, String message, Map<String, ?> details) {
        super(code, message, details, null, false);
    }

    /** An error with facts and the failure that caused it. */
    public InvalidOperationException(ErrorCode code, String message, Map<String, ?> details, Throwable cause) {
        super(code, message, details, cause, false);
    }
}
