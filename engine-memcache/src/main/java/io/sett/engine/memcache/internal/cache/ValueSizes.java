// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.cache;

import io.sett.api.cache.CacheAdvice;
import io.sett.engine.memcache.internal.shard.Shard;
import java.util.ArrayList;
import java.util.List;

/** A histogram of value sizes by powers of two, from up to 1024 entries of each shard. One thread. */
final class ValueSizes {

    private static final int A_SHARD = 1024;
    private static final int BUCKETS = 32;

    private final long[] counts = new long[BUCKETS];
    private long total;

    /** Looks at a shard, which must be locked. */
    void look(Shard shard, long now) {
        shard.walk(0, A_SHARD, now, (layout, slab, at) -> {
            counts[bucket(layout.valueLength(slab, at))]++;
            total++;
        });
    }

    private static int bucket(int bytes) {
        return bytes == 0 ? 0 : 32 - Integer.numberOfLeadingZeros(bytes - 1);
    }

    private static long upperEdge(int bucket) {
        return 1L << bucket;
    }

    List<CacheAdvice.SizeBucket> buckets() {
        List<CacheAdvice.SizeBucket> buckets = new ArrayList<>();
        for (int i = 0; i < BUCKETS; i++) {
            if (counts[i] > 0) {
                buckets.add(new CacheAdvice.SizeBucket(upperEdge(i), counts[i]));
            }
        }
        return buckets;
    }

    /** The upper edge of the bucket in which this part of the values ends; 0 when there are none. */
    long percentile(double part) {
        long seen = 0;
        for (int i = 0; i < BUCKETS; i++) {
            seen += counts[i];
            if (total > 0 && seen >= part * total) {
                return upperEdge(i);
            }
        }
        return 0;
    }
}
