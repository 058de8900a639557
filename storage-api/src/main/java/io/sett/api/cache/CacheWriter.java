// SPDX-License-Identifier: Apache-2.0
package io.sett.api.cache;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.error.LimitExceededException;
import java.time.Duration;

/**
 * The plain writes of a cache, one key at a time. Thread-safe; a write is visible to every thread as soon as it
 * returns.
 *
 * <p>A full cache makes room by its eviction policy. Only with the policy "reject" a write fails for want of room.
 */
public interface CacheWriter {

    /**
     * Stores a value with the default TTL of the cache, in place of any older one.
     *
     * @throws LimitExceededException with {@link ErrorCode#ENTRY_TOO_LARGE}; the old value is kept and nothing is
     *     evicted. With {@link ErrorCode#CACHE_FULL}, {@link ErrorCode#SHARD_OVERFLOW},
     *     {@link ErrorCode#MEMORY_EXHAUSTED} or {@link ErrorCode#MEMORY_FRAGMENTATION} where the policy is to refuse
     */
    void set(String key, byte[] value);

    /**
     * Stores a value with a TTL of its own, in place of any older one.
     *
     * @param ttl {@link Duration#ZERO}: never expires
     * @throws InvalidOperationException with {@link ErrorCode#INVALID_TTL} when it is negative or out of the range of
     *     the cache
     * @throws LimitExceededException as {@link #set(String, byte[])}
     */
    void set(String key, byte[] value, Duration ttl);

    /** The documents' second name of {@link #set(String, byte[], Duration)}. */
    default void setWithTTL(String key, byte[] value, Duration ttl) {
        set(key, value, ttl);
    }

    /**
     * Removes an entry. Idempotent.
     *
     * @return whether there was a live entry to remove
     */
    boolean delete(String key);

    /** Removes every entry and gives their memory back. Removal listeners hear of each one. */
    void clear();
}
