// SPDX-License-Identifier: Apache-2.0
package io.sett.api.error;

import java.util.Map;

/**
 * A named limit would be exceeded; the message names limit and actual value. Nothing was changed.
 *
 * <p>Codes: {@link ErrorCode#ENTRY_TOO_LARGE}, {@link ErrorCode#TXN_TOO_BIG}, {@link ErrorCode#CACHE_FULL},
 * {@link ErrorCode#MEMORY_EXHAUSTED}, {@link ErrorCode#SHARD_OVERFLOW}, {@link ErrorCode#MEMORY_FRAGMENTATION},
 * {@link ErrorCode#GC_PRESSURE}, {@link ErrorCode#QUOTA_EXCEEDED}.
 */
public final class LimitExceededException extends StorageException {

    private static final long serialVersionUID = 1L;

    /** An error without further facts; the message says what, where, the limit and what to do. */
    public LimitExceededException(ErrorCode code, String message) {
        super(code, message, Map.of(), null, false);
    }

    /** An error with facts for {@link #details()}. */
    public LimitExceededException(ErrorCode code, String message, Map<String, ?> details) {
        super(code, message, details, null, false);
    }

    /** An error with facts and the failure that caused it. */
    public LimitExceededException(ErrorCode code, String message, Map<String, ?> details, Throwable cause) {
        super(code, message, details, cause, false);
    }
}
