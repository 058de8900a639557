// SPDX-License-Identifier: Apache-2.0
package io.sett.api.error;

import java.util.Map;

/**
 * What was asked for is absent, and the call was one that needs it ({@code getOrThrow}, {@code load}, {@code ttl}).
 *
 * <p>Codes: {@link ErrorCode#KEY_NOT_FOUND}, {@link ErrorCode#FILE_NOT_FOUND}, {@link ErrorCode#TTL_EXPIRED},
 * {@link ErrorCode#TTL_UPDATE_FAILED}.
 */
public final class KeyNotFoundException extends StorageException {

    private static final long serialVersionUID = 1L;

    /** An error without further facts; the message says what, where, the limit and what to do. */
    public KeyNotFoundException(ErrorCode code, String message) {
        super(code, message, Map.of(), null, false);
    }

    /** An error with facts for {@link #details()}. */
    public KeyNotFoundException(ErrorCode code, String message, Map<String, ?> details) {
        super(code, message, details, null, false);
    }

    /** An error with facts and the failure that caused it. */
    public KeyNotFoundException(ErrorCode code, String message, Map<String, ?> details, Throwable cause) {
        super(code, message, details, cause, false);
    }
}
