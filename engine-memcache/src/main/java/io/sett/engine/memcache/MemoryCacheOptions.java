// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a cache is to be opened by {@link MemoryCache#open(MemoryCacheOptions)}. Immutable.
 *
 * @param name of the cache, for messages, events and threads
 * @param clock for times to live; tests turn it
 * @param settings values of the settings in {@code storage.memory} of the configuration reference, by their paths below
 *     that ({@code ttl.min_ttl}); checked when the cache is opened
 */
public record MemoryCacheOptions(String name, Clock clock, Map<String, Object> settings) {

    /** Copies the map. */
    public MemoryCacheOptions {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        if (name.isBlank()) {
            throw new InvalidOperationException(ErrorCode.INVALID_NAME, "the name of a cache must not be blank");
        }
    }

    /** The documented defaults, but for the hash function, which is the fastest one: {@code xx3}. */
    public static MemoryCacheOptions defaults() {
        return new MemoryCacheOptions("cache", Clock.systemUTC(), Map.of("hash_function", "xx3"));
    }

    /** The same with another name. */
    public MemoryCacheOptions withName(String other) {
        return new MemoryCacheOptions(other, clock, settings);
    }

    /** The same with another clock. */
    public MemoryCacheOptions withClock(Clock other) {
        return new MemoryCacheOptions(name, other, settings);
    }

    /** The same with another value of a setting. */
    public MemoryCacheOptions with(String setting, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(settings);
        more.put(setting, value);
        return new MemoryCacheOptions(name, clock, more);
    }

    /** The same with a memory limit for the whole cache, index included; 0 for none. */
    public MemoryCacheOptions withMaxBytes(long bytes) {
        return with("hard_max_cache_size", bytes + "B").with("performance.memory_limit", 0);
    }

    /** The same with another TTL for entries that are set without one; {@link Duration#ZERO}: the life window. */
    public MemoryCacheOptions withDefaultTtl(Duration ttl) {
        return with("ttl.default_ttl", ttl);
    }

    /** The same with another range of allowed TTLs; a maximum of {@link Duration#ZERO}: any. */
    public MemoryCacheOptions withTtlRange(Duration min, Duration max) {
        return with("ttl.min_ttl", min).with("ttl.max_ttl", max);
    }

    /** The same with TTLs that are exact to the millisecond. */
    public MemoryCacheOptions withMillisecondTtl() {
        return with("ttl.ttl_precision", "millisecond").with("ttl.min_ttl", Duration.ofMillis(1));
    }

    /** The same with another number of shards, a power of two. */
    public MemoryCacheOptions withShards(int shards) {
        return with("shards", shards);
    }

    /** The same with another eviction policy: {@code lru}, {@code fifo}, {@code w_tinylfu} or {@code s3_fifo}. */
    public MemoryCacheOptions withEviction(String policy) {
        return with("eviction_policy", policy);
    }

    /** The same, but writes to a full cache are refused. */
    public MemoryCacheOptions withRejection() {
        return with("full_policy", "reject");
    }
}
