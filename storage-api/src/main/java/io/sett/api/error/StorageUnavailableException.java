// SPDX-License-Identifier: Apache-2.0
package io.sett.api.error;

import java.util.Map;

/**
 * Input or output failed, or the store has stopped because it did.
 *
 * <p>Codes: {@link ErrorCode#STORAGE_UNAVAILABLE}, {@link ErrorCode#RETRY}, {@link ErrorCode#BATCH_WRITE_FAILED},
 * {@link ErrorCode#BACKUP_FAILED}, {@link ErrorCode#RESTORE_FAILED}. The health of the store tells whether reads go on.
 */
public final class StorageUnavailableException extends StorageException {

    private static final long serialVersionUID = 1L;

    /** An error without further facts; the message says what, where, the limit and what to do. */
    public StorageUnavailableException(ErrorCode code, String message) {
        super(code, message, Map.of(), null, false);
    }

    /** An error with facts for {@link #details()}. */
    public StorageUnavailableException(ErrorCode code, String message, Map<String, ?> details) {
        super(code, message, details, null, false);
    }

    /** An error with facts and the failure that caused it. */
    public StorageUnavailableException(ErrorCode code, String message, Map<String, ?> details, Throwable cause) {
        super(code, message, details, cause, false);
    }

    /**
     * An error after which the caller cannot know whether the operation took effect.
     *
     * @param cause the failure behind it, handed on as the cause
     */
    public static StorageUnavailableException unknownOutcome(ErrorCode code, String message, Map<String, ?> details,
            Throwable cause) {
        return new StorageUnavailableException(code, message, details, cause, true);
    }

    private StorageUnavailableException(ErrorCode code, String message, Map<String, ?> details, Throwable cause,
            boolean outcomeUnknown) {
        super(code, message, details, cause, outcomeUnknown);
    }
}
