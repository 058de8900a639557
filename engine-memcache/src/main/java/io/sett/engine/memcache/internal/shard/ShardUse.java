// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.shard;

/**
 * The memory of a shard at one moment, in bytes.
 *
 * @param entries in it, expired ones that were not swept included
 * @param used live blocks and the index
 * @param allocated held of the system
 * @param index the part that is index
 * @param scattered free, but not in the largest free piece
 */
public record ShardUse(long entries, long used, long allocated, long index, long scattered) {
}
