// SPDX-License-Identifier: Apache-2.0
package io.sett.api.error;

import java.util.Map;

/**
 * The engine lacks what was asked; ask {@code capabilities()} first. Code: {@link ErrorCode#UNSUPPORTED_FEATURE}.
 *
 * <p>Nothing was changed: what an engine lacks fails, it never silently does nothing.
 */
public final class UnsupportedFeatureException extends StorageException {

    private static final long serialVersionUID = 1L;

    /** An error without further facts; the message says what, where, the limit and what to do. */
    public UnsupportedFeatureException(ErrorCode code, String message) {
        super(code, message, Map.of(), null, false);
    }

    /** An error with facts for {@link #details()}. */
    public UnsupportedFeatureException(ErrorCode code, String message, Map<String, ?> details) {
        super(code, message, details, null, false);
    }

    /** An error with facts and the failure that caused it. */
    public UnsupportedFeatureException(ErrorCode code, String message, Map<String, ?> details, Throwable cause) {
        super(code, message, details, cause, false);
    }
}
