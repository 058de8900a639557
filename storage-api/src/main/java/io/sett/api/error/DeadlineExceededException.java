// SPDX-License-Identifier: Apache-2.0
package io.sett.api.error;

import java.util.Map;

/**
 * Time ran out: the timeout of the call, the transaction or a lock.
 *
 * <p>Codes: {@link ErrorCode#DEADLINE_EXCEEDED}, {@link ErrorCode#TXN_TIMEOUT}, {@link ErrorCode#RESOURCE_LOCK_TIMEOUT},
 * {@link ErrorCode#CONNECTION_POOL_EXHAUSTED}. Nothing was written unless {@link #outcomeUnknown()} says so.
 */
public final class DeadlineExceededException extends StorageException {

    private static final long serialVersionUID = 1L;

    /** An error without further facts; the message says what, where, the limit and what to do. */
    public DeadlineExceededException(ErrorCode code, String message) {
        super(code, message, Map.of(), null, false);
    }

    /** An error with facts for {@link #details()}. */
    public DeadlineExceededException(ErrorCode code, String message, Map<String, ?> details) {
        super(code, message, details, null, false);
    }

    /** An error with facts and the failure that caused it. */
    public DeadlineExceededException(ErrorCode code, String message, Map<String, ?> details, Throwable cause) {
        super(code, message, details, cause, false);
    }

    /**
     * An error after which the caller cannot know whether the operation took effect.
     *
     * @param cause the failure behind it, handed on as the cause
     */
    public static DeadlineExceededException unknownOutcome(ErrorCode code, String message, Map<String, ?> details,
            Throwable cause) {
        return new DeadlineExceededException(code, message, details, cause, true);
    }

    private DeadlineExceededException(ErrorCode code, String message, Map<String, ?> details, Throwable cause,
            boolean outcomeUnknown) {
        super(code, message, details, cause, outcomeUnknown);
    }
}
