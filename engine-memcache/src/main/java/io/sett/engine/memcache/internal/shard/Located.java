// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.shard;

import java.nio.ByteBuffer;

/**
 * Where a value lies; true for as long as the shard stays pinned or locked.
 *
 * @param buffer the memory
 * @param at where the value begins
 * @param length of the value
 */
public record Located(ByteBuffer buffer, int at, int length) {
}
