// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.cache;

import io.sett.engine.memcache.internal.entry.EntryLayout;
import io.sett.engine.memcache.internal.settings.CacheSettings;
import io.sett.engine.memcache.internal.shard.Shard;
import io.sett.engine.memcache.internal.shard.WalkedEntry;
import io.sett.spi.Glob;
import io.sett.spi.HandleTracker;
import io.sett.spi.settings.EngineSettings;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Meets all live entries that match, shard by shard in the order of hash fragments, in short holds of the lock. An
 * entry that is there all the time is met exactly once, for its fragment does not change. One thread at a time.
 */
final class EntryWalk implements Iterator<WalkedEntry> {

    private static final int STEP = 32;

    private final CacheCore core;
    private final LockWait wait;
    private final Glob glob;
    private final boolean values;
    private final int batch;
    private final long holdNanos;
    private final Deque<WalkedEntry> found = new ArrayDeque<>();
    private final HandleTracker.Handle handle;
    private int shard;
    private long fragment;

    EntryWalk(CacheCore core, LockWait wait, Glob glob, boolean values, String what) {
        EngineSettings settings = core.context().settings();
        boolean optimized = settings.get(CacheSettings.ENABLE_BATCH_OPTIMIZATION);
        this.core = core;
        this.wait = wait;
        this.glob = glob;
        this.values = values;
        this.batch = optimized ? settings.get(CacheSettings.BATCH_SIZE).intValue() : 1;
        long hold = settings.get(CacheSettings.BATCH_TIMEOUT).toNanos();
        this.holdNanos = hold == 0 ? TimeUnit.DAYS.toNanos(1) : hold;
        this.handle = core.handles().open(what, this::close);
    }

    /** The rest as a stream. */
    Stream<WalkedEntry> stream() {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(this,
                Spliterator.NONNULL | Spliterator.DISTINCT), false).onClose(this::close);
    }

    private void close() {
        handle.close();
    }

    @Override
    public boolean hasNext() {
        while (found.isEmpty() && shard < core.shardCount()) {
            core.checkOpen();
            fill();
        }
        core.checkOpen();
        if (found.isEmpty()) {
            close();
        }
        return !found.isEmpty();
    }

    @Override
    public WalkedEntry next() {
        if (!hasNext()) {
            throw new NoSuchElementException("all entries of cache '" + core.name() + "' have been met");
        }
        return found.remove();
    }

    private void fill() {
        Shard current = core.shard(shard);
        long now = core.ttl().now();
        core.lock(current, wait);
        try {
            long start = System.nanoTime();
            int met = 0;
            do {
                int step = Math.min(STEP, batch - met);
                fragment = current.walk(fragment, step, now, (layout, slab, at) -> {
                    String key = Keys.text(layout.key(slab, at));
                    if (glob.matches(key)) {
                        found.add(new WalkedEntry(key, values ? layout.value(slab, at) : null,
                                EntryLayout.expiry(slab, at)));
                    }
                });
                met += step;
            } while (fragment >= 0 && met < batch && System.nanoTime() - start < holdNanos);
        } finally {
            current.lock().unlock();
        }
        if (fragment < 0) {
            fragment = 0;
            shard++;
        }
    }
}
