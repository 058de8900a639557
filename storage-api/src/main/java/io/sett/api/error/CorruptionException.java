// SPDX-License-Identifier: Apache-2.0
package io.sett.api.error;

import java.util.Map;

/**
 * Stored data is damaged. Details name {@code file}, {@code offset} and, where known, the affected keys.
 *
 * <p>Codes: {@link ErrorCode#CORRUPTION}, {@link ErrorCode#FILE_CORRUPTED}, {@link ErrorCode#BACKUP_CORRUPTED},
 * {@link ErrorCode#ENCRYPTION_KEY_MISMATCH}. No damaged data has been returned.
 */
public final class CorruptionException extends StorageException {

    private static final long serialVersionUID = 1L;

    /** An error without further facts; the message says what, where, the limit and what to do. */
    public CorruptionException(ErrorCode code, String message) {
        super(code, message, Map.of(), null, false);
    }

    /** An error with facts for {@link #details()}. */
    public CorruptionException(ErrorCode code, String message, Map<String, ?> details) {
        super(code, message, details, null, false);
    }

    /** An error with facts and the failure that caused it. */
    public CorruptionException(ErrorCode code, String message, Map<String, ?> details, Throwable cause) {
        super(code, message, details, cause, false);
    }
}
