// SPDX-License-Identifier: Apache-2.0
/**
 * Which entry makes room: policies, apart from the mechanism in the shards. Instead of linked lists (8 bytes an entry
 * and a lock for every read) each index slot has a mark of 4 bytes and one bit, see
 * {@link io.sett.engine.memcache.internal.evict.Slots}. Policies by age take the best of 64 neighbours in the index,
 * which is in the order of hashes, so they are a random sample and lie in a few cache lines; a shard with no more than
 * 64 entries is searched whole: exact. Queues hold 4 bytes of hash for each entry; what they name is looked up.
 */
@NullMarked
package io.sett.engine.memcache.internal.evict;

import org.jspecify.annotations.NullMarked;
