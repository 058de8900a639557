// SPDX-License-Identifier: Apache-2.0
package io.sett.api.error;

import java.util.Map;

/**
 * Something was used after its end: a store, cache, provider, transaction, cursor, stream or slice.
 *
 * <p>Codes: {@link ErrorCode#STORE_CLOSED}, {@link ErrorCode#CACHE_CLOSED}, {@link ErrorCode#TXN_DISCARDED},
 * {@link ErrorCode#SCOPE_ENDED}, {@link ErrorCode#PROVIDER_NOT_INITIALIZED}. Never followed by damage: use after close
 * is an exception, not a crash.
 */
public final class ClosedException extends StorageException {

    private static final long serialVersionUID = 1L;

    /** An error without further facts; the message says what, where, the limit and what to do. */
    public ClosedException(ErrorCode code, String message) {
        super(code, message, Map.of(), null, false);
    }

    /** An error with facts for {@link #details()}. */
    public ClosedException(ErrorCode code, String message, Map<String, ?> details) {
        super(code, message, details, null, false);
    }

    /** An error with facts and the failure that caused it. */
    public ClosedException(ErrorCode code, String message, Map<String, ?> details, Throwable cause) {
        super(code, message, details, cause, false);
    }
}
