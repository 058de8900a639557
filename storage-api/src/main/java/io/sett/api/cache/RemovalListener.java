// SPDX-License-Identifier: Apache-2.0
package io.sett.api.cache;

/**
 * Hears of entries that left a cache.
 *
 * <p>Each removal is reported exactly once, after it happened, outside of every lock, usually by a thread of the cache;
 * the removals of one key come in their order. The queue in between is bounded: when listeners fall behind, the thread
 * that causes a removal delivers waiting ones itself, so slow listeners slow writers down but lose nothing. An
 * exception is logged and counted ({@link CacheStats#listenerFailures}) and the next removal is reported as usual.
 * Listeners may call the cache. Closing the cache delivers what is queued and does not report the entries that were
 * still in it.
 */
@FunctionalInterface
public interface RemovalListener {

    /** Called once for each removal. */
    void onRemoval(CacheRemoval removal);
}
