// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.cache;

import io.sett.engine.memcache.internal.shard.ShardPlan;

/**
 * Looks at where the entries of many keys are before the first is used: the processor then waits for many lines of
 * memory at once instead of for one after the other. Belongs to one thread.
 */
final class Approach {

    private int[] refs = {};
    /** Written so that the reads are not left out. */
    @SuppressWarnings("unused")
    private int seen;

    void to(CacheCore core, long[] hashes, int count) {
        if (refs.length < count) {
            refs = new int[count];
        }
        for (int i = 0; i < count; i++) {
            refs[i] = core.shardOf(hashes[i]).glimpse(ShardPlan.fragment(hashes[i]));
        }
        int sum = 0;
        for (int i = 0; i < count; i++) {
            sum += core.shardOf(hashes[i]).approach(refs[i]);
        }
        seen = sum;
    }
}
