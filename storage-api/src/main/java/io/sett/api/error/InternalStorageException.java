// SPDX-License-Identifier: Apache-2.0
package io.sett.api.error;

import java.util.Map;

/**
 * A bug of the library or of an engine; please report it with the message and the stack. Code:
 * {@link ErrorCode#INTERNAL}.
 */
public final class InternalStorageException extends StorageException {

    private static final long serialVersionUID = 1L;

    /** An error without further facts; the message says what, where, the limit and what to do. */
    public InternalStorageException(ErrorCode code, String message) {
        super(code, message, Map.of(), null, false);
    }

    /** An error with facts for {@link #details()}. */
    public InternalStorageException(ErrorCode code, String message, Map<String, ?> details) {
        super(code, message, details, null, false);
    }

    /** An error with facts and the failure that caused it. */
    public InternalStorageException(ErrorCode code, String message, Map<String, ?> details, Throwable cause) {
        super(code, message, details, cause, false);
    }

    /**
     * An error after which the caller cannot know whether the operation took effect.
     *
     * @param cause the failure behind it, handed on as the cause
     */
    public static InternalStorageException unknownOutcome(ErrorCode code, String message, Map<String, ?> details,
            Throwable cause) {
        return new InternalStorageException(code, message, details, cause, true);
    }

    private InternalStorageException(ErrorCode code, String message, Map<String, ?> details, Throwable cause,
            boolean outcomeUnknown) {
        super(code, message, details, cause, outcomeUnknown);
    }
}
