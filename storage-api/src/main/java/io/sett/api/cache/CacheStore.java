// SPDX-License-Identifier: Apache-2.0
package io.sett.api.cache;

import io.sett.api.common.Registration;
import io.sett.api.common.Store;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.LimitExceededException;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A cache: text keys, byte values, a time to live for each entry, a memory limit and an eviction policy.
 *
 * <p><b>Threads.</b> Every method may be called by any number of threads. <b>Bytes.</b> Arguments are copied, results
 * belong to the caller; only {@link #read} lends bytes. <b>Errors.</b> See the package description, which also defines
 * keys, TTLs and patterns. <b>Cost.</b> Operations on one key take constant time; those on patterns and all entries
 * walk the cache. Nothing is written to disk other than by {@link #saveSnapshot}.
 *
 * <pre>{@code
 * cache.set("user:1", bytes, Duration.ofMinutes(5));
 * Optional<byte[]> found = cache.get("user:1");
 * long gone = cache.deleteByPattern("user:*");
 * }</pre>
 */
public interface CacheStore extends Store, CacheReader, CacheWriter, CacheExpiry, CacheBatching, CacheAtomics,
        CachePatterns, CacheInspection, CacheWarming {

    /**
     * Tells a listener of every removal, until the registration or the cache is closed. How and when it is called is
     * described at {@link RemovalListener}.
     */
    default Registration addRemovalListener(RemovalListener listener) {
        return addRemovalListener(listener, EnumSet.allOf(RemovalCause.class));
    }

    /**
     * Tells a listener of removals for certain causes. Needs the capability {@code REMOVAL_LISTENER}.
     *
     * @param causes copied; not empty
     * @throws io.sett.api.error.UnsupportedFeatureException when the engine has no removal listeners
     */
    Registration addRemovalListener(RemovalListener listener, Set<RemovalCause> causes);

    /**
     * The same cache with another time limit for each call through the returned view. Cheap: a small object, no copy.
     *
     * <p>A call that cannot finish in time throws with {@link ErrorCode#DEADLINE_EXCEEDED} or
     * {@link ErrorCode#RESOURCE_LOCK_TIMEOUT} and has changed nothing. Closing the view does not close the cache.
     *
     * @param timeout more than zero; otherwise {@link ErrorCode#INVALID_ARGUMENT}
     */
    CacheStore withTimeout(Duration timeout);

    /** {@inheritDoc} */
    @Override
    default Map<String, Boolean> hasMany(Collection<String> keys) {
        return CacheBatching.hasEach(this, keys);
    }

    /** {@inheritDoc} */
    @Override
    default long deleteByPattern(String pattern) {
        try (Stream<String> keys = keyStream(pattern)) {
            return keys.filter(this::delete).count();
        }
    }

    /** {@inheritDoc} */
    @Override
    default long warmUp(Stream<CacheEntry> entries) {
        long stored = 0;
        try (entries) {
            Iterator<CacheEntry> iterator = entries.iterator();
            while (iterator.hasNext()) {
                CacheEntry entry = iterator.next();
                try {
                    boolean absent = entry.ttl()
                            .map(ttl -> putIfAbsent(entry.key(), entry.value(), ttl))
                            .orElseGet(() -> putIfAbsent(entry.key(), entry.value()))
                            .isEmpty();
                    stored += absent ? 1 : 0;
                } catch (LimitExceededException refused) {
                    if (refused.code() != ErrorCode.ENTRY_TOO_LARGE) {
                        throw refused;
                    }
                }
            }
        }
        return stored;
    }
}
