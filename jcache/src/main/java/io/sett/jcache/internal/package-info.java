// SPDX-License-Identifier: Apache-2.0
/**
 * The caches of the standard over a {@link io.sett.api.cache.CacheStore}.
 *
 * <p>Keys become strings and values bytes ({@code Keys}, {@code Values}); {@code TypedStore} is the store seen so. Each
 * change of an entry happens under the lock of its key, in the order that the standard asks for: writer, store, event,
 * statistics ({@code Entries}, {@code Bulk}, {@code Invocations}). Events are queued under the lock and delivered after
 * it ({@code Listeners}, {@code EventLane}, {@code Step}), so that the events of a key keep their order.
 */
@NullMarked
package io.sett.jcache.internal;

import org.jspecify.annotations.NullMarked;
