// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.cache;

import io.sett.api.cache.CacheAdvice;
import io.sett.engine.memcache.internal.evict.Eviction;
import io.sett.engine.memcache.internal.settings.CacheSettings;
import io.sett.engine.memcache.internal.shard.MemoryLimits;
import io.sett.engine.memcache.internal.shard.ShardUse;
import io.sett.spi.settings.Setting;
import io.sett.spi.settings.Sizes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Watches a sample of the requests and says what would serve them better: one request in 16 counts for hot keys, all
 * requests of a sixteenth of the keys (less when there are many) for the miss-ratio curve. A request that would have to
 * wait for the sample is left out of it.
 */
final class CacheAdvisor {

    private static final double[] FACTORS = {0.25, 0.5, 1, 2, 4};
    private static final double WORTH_IT = 0.05;
    private static final double HARMLESS = 0.01;
    private static final long FEWEST_REQUESTS = 500;

    private final CacheCore core;
    private final ReentrantLock lock = new ReentrantLock();
    private final HotKeys hotKeys = new HotKeys();
    private final ReuseDistances distances = new ReuseDistances();

    CacheAdvisor(CacheCore core) {
        this.core = core;
    }

    /** A key was asked for. */
    void requested(String key, Session session, long hash) {
        boolean counted = session.isAdvised();
        boolean followed = ReuseDistances.isCandidate(hash);
        if ((counted || followed) && lock.tryLock()) {
            try {
                if (counted) {
                    hotKeys.count(key);
                }
                if (followed) {
                    distances.request(hash);
                }
            } finally {
                lock.unlock();
            }
        }
    }

    CacheAdvice advise(LockWait wait) {
        ValueSizes sizes = new ValueSizes();
        long entries = 0;
        long used = 0;
        long now = core.ttl().now();
        for (int i = 0; i < core.shardCount(); i++) {
            core.lock(core.shard(i), wait);
            try {
                ShardUse use = core.shard(i).use();
                entries += use.entries();
                used += use.used();
                sizes.look(core.shard(i), now);
            } finally {
                core.shard(i).lock().unlock();
            }
        }
        MemoryLimits limits = core.plan().limits();
        long capacity = limits.isLimited() ? limits.totalBytes() : Math.max(1, core.plan().heldBytes());
        double entryBytes = entries == 0 ? 1 : Math.max(1, (double) used / entries);
        lock.lock();
        try {
            List<CacheAdvice.MissRatio> curve = new ArrayList<>();
            for (double factor : FACTORS) {
                curve.add(new CacheAdvice.MissRatio((long) (capacity * factor),
                        distances.missRatio(capacity * factor / entryBytes)));
            }
            return new CacheAdvice(core.context().clock().instant(), hotKeys.total() + distances.requests(),
                    sizes.buckets(), curve, hotKeys.hottest(), hints(curve, sizes));
        } finally {
            lock.unlock();
        }
    }

    private List<CacheAdvice.Hint> hints(List<CacheAdvice.MissRatio> curve, ValueSizes sizes) {
        List<CacheAdvice.Hint> hints = new ArrayList<>();
        MemoryLimits limits = core.plan().limits();
        if (limits.isLimited() && distances.requests() >= FEWEST_REQUESTS) {
            adviseSize(curve, limits, hints);
        }
        long evictions = core.stats().evictions();
        if (evictions > 0 && core.plan().eviction() != Eviction.W_TINYLFU && !hotKeys.hottest().isEmpty()) {
            hints.add(hint(CacheSettings.EVICTION_POLICY, Eviction.W_TINYLFU.name().toLowerCase(Locale.ROOT),
                    evictions + " entries were evicted while a few keys get much of the requests; a policy that counts "
                            + "use keeps those"));
        }
        long expected = core.context().settings().get(CacheSettings.MAX_ENTRY_SIZE);
        long large = sizes.percentile(0.95);
        if (large > expected) {
            hints.add(hint(CacheSettings.MAX_ENTRY_SIZE, Sizes.format(large), "one value in 20 has " + large
                    + " bytes or more, but entries of " + expected + " are expected"));
        }
        return hints;
    }

    private void adviseSize(List<CacheAdvice.MissRatio> curve, MemoryLimits limits, List<CacheAdvice.Hint> hints) {
        double half = curve.get(1).missRatio();
        double here = curve.get(2).missRatio();
        double twice = curve.get(3).missRatio();
        if (here - twice >= WORTH_IT) {
            hints.add(new CacheAdvice.Hint(fullName(limits), Sizes.format(limits.totalBytes() * 2), String.format(
                    Locale.ROOT, "twice the memory would lower the miss ratio from %.2f to %.2f", here, twice)));
        } else if (half - here <= HARMLESS && limits.totalBytes() / 2 >= MemoryLimits.LEAST_SHARD) {
            hints.add(new CacheAdvice.Hint(fullName(limits), Sizes.format(limits.totalBytes() / 2), String.format(
                    Locale.ROOT, "half the memory would do: the miss ratio would go from %.2f to %.2f", here, half)));
        }
    }

    private static String fullName(MemoryLimits limits) {
        return "storage.memory." + limits.setting();
    }

    private static CacheAdvice.Hint hint(Setting<?> setting, String suggested, String reason) {
        return new CacheAdvice.Hint("storage.memory." + setting.path(), suggested, reason);
    }
}
