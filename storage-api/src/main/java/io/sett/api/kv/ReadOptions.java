// SPDX-License-Identifier: Apache-2.0
package io.sett.api.kv;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one read is done. Immutable.
 *
 * @param timeoutOrNull how long it may take, null for the store's own timeout
 * @param fillCache whether blocks that it loads are kept in the cache
 */
public record ReadOptions(@Nullable Duration timeoutOrNull, boolean fillCache) {

    private static final ReadOptions DEFAULTS = new ReadOptions(null, true);

    /** Checks that the timeout is positive. */
    public ReadOptions {
        WriteOptions.checkTimeout(timeoutOrNull);
    }

    /** The store's own timeout; blocks are cached. */
    public static ReadOptions defaults() {
        return DEFAULTS;
    }

    /** How long the read may take; empty for the store's own timeout. */
    public Optional<Duration> timeout() {
        return Optional.ofNullable(timeoutOrNull);
    }

    /** The same with a timeout. */
    public ReadOptions withTimeout(Duration timeout) {
        return new ReadOptions(timeout, fillCache);
    }

    /** The same with or without caching. */
    public ReadOptions withFillCache(boolean fill) {
        return new ReadOptions(timeoutOrNull, fill);
    }
}
