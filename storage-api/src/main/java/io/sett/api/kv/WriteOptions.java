// SPDX-License-Identifier: Apache-2.0
package io.sett.api.kv;

import io.sett.api.common.Durability;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one commit is done, be it of a single put, a batch or a transaction. Immutable.
 *
 * @param durability what the acknowledged commit survives
 * @param timeoutOrNull how long it may take, null for the store's own timeout
 */
public record WriteOptions(Durability durability, @Nullable Duration timeoutOrNull) {

    private static final WriteOptions DEFAULTS = new WriteOptions(Durability.DEFAULT, null);
    private static final WriteOptions SYNC = new WriteOptions(Durability.SYNC, null);

    /** Checks that the timeout is positive. */
    public WriteOptions {
        checkTimeout(timeoutOrNull);
    }

    /** As the store is configured. */
    public static WriteOptions defaults() {
        return DEFAULTS;
    }

    /** Survives a power cut. */
    public static WriteOptions sync() {
        return SYNC;
    }

    /** How long the commit may take; empty for the store's own timeout. */
    public Optional<Duration> timeout() {
        return Optional.ofNullable(timeoutOrNull);
    }

    /** The same with another durability. */
    public WriteOptions withDurability(Durability other) {
        return new WriteOptions(other, timeoutOrNull);
    }

    /** The same with a timeout. */
    public WriteOptions withTimeout(Duration timeout) {
        return new WriteOptions(durability, timeout);
    }

    static void checkTimeout(@Nullable Duration timeout) {
        if (timeout != null && (timeout.isNegative() || timeout.isZero())) {
            throw new InvalidOperationException(ErrorCode.INVALID_ARGUMENT,
                    "a timeout must be positive, got " + timeout + "; leave it out for the store's own timeout");
        }
    }
}
