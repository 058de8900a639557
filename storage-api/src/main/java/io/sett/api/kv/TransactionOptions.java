// SPDX-License-Identifier: Apache-2.0
package io.sett.api.kv;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a transaction runs. Immutable.
 *
 * @param readOnly writes are refused; takes no part in conflicts
 * @param isolation what it may see of others
 * @param mode when conflicts are noticed
 * @param timeoutOrNull how long it may be open, null for the store's own timeout
 * @param tag a word of the caller's for logs and audit, may be empty
 */
public record TransactionOptions(boolean readOnly, Isolation isolation, TransactionMode mode,
        @Nullable Duration timeoutOrNull, String tag) {

    private static final TransactionOptions READ_WRITE =
            new TransactionOptions(false, Isolation.SERIALIZABLE, TransactionMode.OPTIMISTIC, null, "");
    private static final TransactionOptions READ_ONLY = READ_WRITE.withReadOnly(true);

    /** Checks that the timeout is positive. */
    public TransactionOptions {
        WriteOptions.checkTimeout(timeoutOrNull);
    }

    /** Reading and writing, serializable, optimistic, the store's own timeout. */
    public static TransactionOptions defaults() {
        return READ_WRITE;
    }

    /** For reading only. */
    public static TransactionOptions forReading() {
        return READ_ONLY;
    }

    /** How long it may be open; empty for the store's own timeout. */
    public Optional<Duration> timeout() {
        return Optional.ofNullable(timeoutOrNull);
    }

    /** The same for reading only, or not. */
    public TransactionOptions withReadOnly(boolean value) {
        return new TransactionOptions(value, isolation, mode, timeoutOrNull, tag);
    }

    /** The same at another level. */
    public TransactionOptions withIsolation(Isolation level) {
        return new TransactionOptions(readOnly, level, mode, timeoutOrNull, tag);
    }

    /** The same in another mode. */
    public TransactionOptions withMode(TransactionMode other) {
        return new TransactionOptions(readOnly, isolation, other, timeoutOrNull, tag);
    }

    /** The same with a timeout. */
    public TransactionOptions withTimeout(Duration timeout) {
        return new TransactionOptions(readOnly, isolation, mode, timeout, tag);
    }

    /** The same with a tag. */
    public TransactionOptions withTag(String word) {
        return new TransactionOptions(readOnly, isolation, mode, timeoutOrNull, word);
    }
}
