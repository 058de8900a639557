// SPDX-License-Identifier: Apache-2.0
package io.sett.api.cache;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.error.KeyNotFoundException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Asking for and changing the time to live of an entry. Thread-safe; none of it counts as a hit, a miss or a use.
 *
 * <p>An absent key throws {@link KeyNotFoundException} with {@link ErrorCode#KEY_NOT_FOUND}. One that has expired but
 * has not been swept may be told apart by {@link ErrorCode#TTL_EXPIRED}.
 */
public interface CacheExpiry {

    /**
     * The time an entry still has to live.
     *
     * @return more than zero and never more than what was set; empty when the entry never expires
     * @throws KeyNotFoundException when the key is absent
     */
    Optional<Duration> ttl(String key);

    /**
     * Like {@link #ttl}, strictly.
     *
     * @throws InvalidOperationException with {@link ErrorCode#TTL_NOT_SET} when the entry never expires
     * @throws KeyNotFoundException when the key is absent
     */
    default Duration ttlOrThrow(String key) {
        return ttl(key).orElseThrow(() -> new InvalidOperationException(ErrorCode.TTL_NOT_SET,
                "The cache entry '" + key + "' never expires; use ttl for an Optional answer"));
    }

    /**
     * Gives an entry a new TTL, counted from now. The value is neither copied nor moved, and listeners hear nothing.
     *
     * @param ttl {@link Duration#ZERO}: never expires
     * @throws InvalidOperationException with {@link ErrorCode#INVALID_TTL}
     * @throws KeyNotFoundException when the key is absent; with {@link ErrorCode#TTL_UPDATE_FAILED} when it vanished
     *     while the call was under way
     */
    void updateTtl(String key, Duration ttl);

    /**
     * The moment at which an entry expires.
     *
     * @return empty when the entry never expires
     * @throws KeyNotFoundException when the key is absent
     */
    Optional<Instant> expiration(String key);
}
