// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.shard;

import org.jspecify.annotations.Nullable;

/**
 * An entry met on a walk.
 *
 * @param key its key
 * @param value a copy of its value, or null when only keys were asked for
 * @param expiry in milliseconds since 1970, 0 when never
 */
public record WalkedEntry(String key, byte @Nullable [] value, long expiry) {
}
