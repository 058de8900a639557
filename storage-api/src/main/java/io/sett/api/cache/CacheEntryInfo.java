// SPDX-License-Identifier: Apache-2.0
package io.sett.api.cache;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a cache knows of an entry besides its value.
 *
 * @param key the key
 * @param valueBytes the length of the value
 * @param memoryBytes the memory that the entry takes: value, key, header and padding
 * @param createdAt when the value was set; empty where the cache does not keep it ({@code store_creation_time = false})
 * @param expiresAt when the entry expires; empty when never
 * @param hits how often it was read since it was set; empty where the engine does not count it
 */
public record CacheEntryInfo(String key, long valueBytes, long memoryBytes, Optional<Instant> createdAt,
        Optional<Instant> expiresAt, OptionalLong hits) {

    /** Refuses negative numbers with {@code INVALID_ARGUMENT}. */
    public CacheEntryInfo {
        Checks.notNegative(valueBytes, "valueBytes");
        Checks.notNegative(memoryBytes, "memoryBytes");
        Checks.notNegative(hits.orElse(0), "hits");
    }
}
