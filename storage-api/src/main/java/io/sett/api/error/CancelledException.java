// SPDX-License-Identifier: Apache-2.0
package io.sett.api.error;

import java.util.Map;

/**
 * The calling thread was interrupted; its interrupt flag is set again. Code: {@link ErrorCode#CANCELLED}.
 *
 * <p>Nothing was written unless {@link #outcomeUnknown()} says so.
 */
public final class CancelledException extends StorageException {

    private static final long serialVersionUID = 1L;

    /** An error without further facts; the message says what, where, the limit and what to do. */
    public CancelledException(ErrorCode code, String message) {
        super(code, message, Map.of(), null, false);
    }

    /** An error with facts for {@link #details()}. */
    public CancelledException(ErrorCode code, String message, Map<String, ?> details) {
        super(code, message, details, null, false);
    }

    /** An error with facts and the failure that caused it. */
    public CancelledException(ErrorCode code, String message, Map<String, ?> details, Throwable cause) {
        super(code, message, details, cause, false);
    }

    /**
     * An error after which the caller cannot know whether the operation took effect.
     *
     * @param cause the failure behind it, handed on as the cause
     */
    public static CancelledException unknownOutcome(ErrorCode code, String message, Map<String, ?> details,
            Throwable cause) {
        return new CancelledException(code, message, details, cause, true);
    }

    private CancelledException(ErrorCode code, String message, Map<String, ?> details, Throwable cause,
            boolean outcomeUnknown) {
        super(code, message, details, cause, outcomeUnknown);
    }
}
