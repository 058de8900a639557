// SPDX-License-Identifier: Apache-2.0
package io.sett.api.kv;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is stored with a value. Immutable.
 *
 * @param ttlOrNull after this time the entry is gone, null for never; at least a millisecond (needs capability TTL)
 * @param metadata a byte of the caller's own (needs capability USER_METADATA unless 0)
 */
public record PutOptions(@Nullable Duration ttlOrNull, byte metadata) {

    private static final PutOptions DEFAULTS = new PutOptions(null, (byte) 0);

    /** Checks the time to live. */
    public PutOptions {
        if (ttlOrNull != null && ttlOrNull.compareTo(Duration.ofMillis(1)) < 0) {
            throw new InvalidOperationException(ErrorCode.INVALID_TTL, "a time to live must be at least 1 ms, got "
                    + ttlOrNull + "; leave it out for an entry that never expires");
        }
    }

    /** Never expires, metadata 0. */
    public static PutOptions defaults() {
        return DEFAULTS;
    }

    /** An entry that is gone after this time. */
    public static PutOptions ttl(Duration ttl) {
        return new PutOptions(ttl, (byte) 0);
    }

    /** After what time the entry is gone; empty for never. */
    public Optional<Duration> ttl() {
        return Optional.ofNullable(ttlOrNull);
    }

    /** The same with a time to live. */
    public PutOptions withTtl(Duration ttl) {
        return new PutOptions(ttl, metadata);
    }

    /** The same with a metadata byte. */
    public PutOptions withMetadata(byte value) {
        return new PutOptions(ttlOrNull, value);
    }
}
