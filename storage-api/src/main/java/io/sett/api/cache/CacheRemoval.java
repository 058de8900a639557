// SPDX-License-Identifier: Apache-2.0
package io.sett.api.cache;

import java.time.Instant;
import java.util.Arrays;

/**
 * One removal from a cache. Equality compares the bytes of the value.
 *
 * @param key the key
 * @param value the value that was removed; a copy shared by the listeners of the cache, so do not change it
 * @param cause why it was removed
 * @param at when the cache removed it; for expired entries the time of the sweep
 */
public record CacheRemoval(String key, byte[] value, RemovalCause cause, Instant at) {

    @Override
    public boolean equals(Object other) {
        return other instanceof CacheRemoval that && key.equals(that.key) && Arrays.equals(value, that.value)
                && cause == that.cause && at.equals(that.at);
    }

    @Override
    public int hashCode() {
        return ((key.hashCode() * 31 + Arrays.hashCode(value)) * 31 + cause.hashCode()) * 31 + at.hashCode();
    }

    /** Key, length, cause and time; the value itself is not printed. */
    @Override
    public String toString() {
        return "CacheRemoval[key=" + key + ", " + value.length + " bytes, cause=" + cause + ", at=" + at + "]";
    }
}
