// SPDX-License-Identifier: Apache-2.0
package io.sett.api.error;

import java.util.Map;

/**
 * The disk or a quota is full. Code: {@link ErrorCode#INSUFFICIENT_DISK_SPACE}.
 *
 * <p>Reads go on; writes resume when there is room again. Nothing of the failed write is visible.
 */
public final class OutOfSpaceException extends StorageException {

    private static final long serialVersionUID = 1L;

    /** An error without further facts; the message says what, where, the limit and what to do. */
    public OutOfSpaceException(ErrorCode code, String message) {
        super(code, message, Map.of(), null, false);
    }

    /** An error with facts for {@link #details()}. */
    public OutOfSpaceException(ErrorCode code, String message, Map<String, ?> details) {
        super(code, message, details, null, false);
    }

    /** An error with facts and the failure that caused it. */
    public OutOfSpaceException(ErrorCode code, String message, Map<String, ?> details, Throwable cause) {
        super(code, message, details, cause, false);
    }
}
