// SPDX-License-Identifier: Apache-2.0
package io.sett.api.cache;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * An entry on its way into or out of a cache. Equality compares the bytes of the value.
 *
 * @param key the key
 * @param value the value; not copied, so neither side may change it while the entry is in use
 * @param ttl the time to live: {@link Duration#ZERO} never expires, empty the default of the cache that takes it.
 *     Entries that come from a cache carry their remaining time, or zero
 */
public record CacheEntry(String key, byte[] value, Optional<Duration> ttl) {

    /** Refuses a negative TTL with {@code INVALID_ARGUMENT}. */
    public CacheEntry {
        if (ttl.isPresent() && ttl.get().isNegative()) {
            throw Checks.invalid("The TTL of cache entry '" + key + "' is " + ttl.get() + "; it must not be negative");
        }
    }

    /** An entry with the default TTL of the cache that takes it. */
    public static CacheEntry of(String key, byte[] value) {
        return new CacheEntry(key, value, Optional.empty());
    }

    /** An entry with a TTL of its own ({@link Duration#ZERO}: never expires). */
    public static CacheEntry of(String key, byte[] value, Duration ttl) {
        return new CacheEntry(key, value, Optional.of(ttl));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CacheEntry that && key.equals(that.key) && Arrays.equals(value, that.value)
                && ttl.equals(that.ttl);
    }

    @Override
    public int hashCode() {
        return (key.hashCode() * 31 + Arrays.hashCode(value)) * 31 + ttl.hashCode();
    }

    /** Key, length and TTL; the value itself is not printed. */
    @Override
    public String toString() {
        return "CacheEntry[key=" + key + ", " + value.length + " bytes, ttl=" + ttl + "]";
    }
}
