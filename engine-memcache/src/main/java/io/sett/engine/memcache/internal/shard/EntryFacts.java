// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.shard;

/**
 * What is known of an entry besides its value; times in milliseconds since 1970.
 *
 * @param valueBytes length of the value
 * @param memoryBytes of the block and its share of the index
 * @param created 0 when it is not kept
 * @param expiry 0 when never
 */
public record EntryFacts(int valueBytes, int memoryBytes, long created, long expiry) {
}
