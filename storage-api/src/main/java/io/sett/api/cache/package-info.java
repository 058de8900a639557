// SPDX-License-Identifier: Apache-2.0
/**
 * Caches: bounded, in memory, entries with a time to live, text keys and byte values.
 *
 * <p>{@link io.sett.api.cache.CacheStore} is made of small interfaces: {@link io.sett.api.cache.CacheReader},
 * {@link io.sett.api.cache.CacheWriter}, {@link io.sett.api.cache.CacheExpiry},
 * {@link io.sett.api.cache.CacheBatching}, {@link io.sett.api.cache.CacheAtomics},
 * {@link io.sett.api.cache.CachePatterns}, {@link io.sett.api.cache.CacheInspection} and
 * {@link io.sett.api.cache.CacheWarming}. Ask for the smallest one that serves.
 *
 * <h2>Keys and values</h2>
 * A key is a text of at least one character; its length limit counts the bytes of its UTF-8 form. An empty key or one
 * with an unpaired surrogate is refused with {@code INVALID_ARGUMENT}, a longer one with {@code ENTRY_TOO_LARGE}.
 * Values may be empty. Arrays that are passed in are copied before the call returns; arrays that are returned belong to
 * the caller.
 *
 * <h2>Time to live</h2>
 * Without a TTL an entry gets the default one of the cache. {@link java.time.Duration#ZERO} means: never expires. A
 * negative TTL, or one outside the configured range, is refused with {@code INVALID_TTL}. TTLs are rounded up to the
 * precision of the cache, so an entry never expires early. From the moment of its expiry on an entry is never returned,
 * counted or listed, whether or not its memory has been swept.
 *
 * <h2>Patterns</h2>
 * A pattern matches the whole key: {@code *} any run of characters, also an empty one and also across {@code '/'};
 * {@code ?} one character (code point); {@code [a-z_]} one of a set, {@code [!a-z]} none of it; a backslash takes the
 * next character literally. The empty pattern matches every key. A pattern that is not well formed is refused with
 * {@code INVALID_ARGUMENT}. Matching takes at most time proportional to pattern length times key length, whatever the
 * pattern.
 *
 * <h2>Errors common to all operations</h2>
 * {@code CACHE_CLOSED} after close; {@code RESOURCE_LOCK_TIMEOUT} or {@code DEADLINE_EXCEEDED} when the time of the
 * call runs out; {@code CANCELLED} when the thread is interrupted while it waits. Nothing was changed then. An
 * exception thrown by a function that the caller passed in reaches the caller as it is, and nothing is changed.
 */
@NullMarked
package io.sett.api.cache;

import org.jspecify.annotations.NullMarked;
