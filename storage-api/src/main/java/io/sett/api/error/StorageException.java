// SPDX-License-Identifier: Apache-2.0
package io.sett.api.error;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Root of every exception that leaves the library.
 *
 * <p>Unchecked and sealed: the subclasses are the different <em>reactions</em> a caller can have, the
 * {@link #code()} is the exact reason. Instances are immutable apart from what {@link Throwable} itself allows, and
 * may be handed between threads.
 */
public abstract sealed class StorageException extends RuntimeException
        permits CancelledException, ClosedException, ConfigurationException, CorruptionException,
                DeadlineExceededException, FormatVersionException, InternalStorageException,
                InvalidOperationException, KeyNotFoundException, LimitExceededException, OutOfSpaceException,
                StorageUnavailableException, TransactionConflictException, UnsupportedFeatureException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient Map<String, String> details;
    private final boolean outcomeUnknown;

    StorageException(ErrorCode code, String message, Map<String, ?> details, @Nullable Throwable cause,
            boolean outcomeUnknown) {
        super(message, cause);
        this.code = code.canonical();
        Map<String, String> copy = new LinkedHashMap<>();
        for (Map.Entry<String, ?> detail : details.entrySet()) {
            copy.put(detail.getKey(), String.valueOf(detail.getValue()));
        }
        this.details = Collections.unmodifiableMap(copy);
        this.outcomeUnknown = outcomeUnknown;
    }

    /** The exact reason, never one of the twins that {@link ErrorCode#canonical()} folds. */
    public ErrorCode code() {
        return code;
    }

    /** Whether the same call may simply be repeated. False when it is unknown whether the first one took effect. */
    public boolean retryable() {
        return code.retryable() && !outcomeUnknown;
    }

    /**
     * Whether the operation may or may not have taken effect (an interrupted or timed-out commit). Read the state
     * before repeating such a call.
     */
    public boolean outcomeUnknown() {
        return outcomeUnknown;
    }

    /** Facts behind the message (file, offset, limit, actual value, …), for logs and tests. Unmodifiable. */
    public Map<String, String> details() {
        return details == null ? Map.of() : details;
    }

    @Override
    public String toString() {
        return getClass().getName() + " [" + code + "]: " + getMessage();
    }
}
