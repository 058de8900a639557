// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.cache;

import io.sett.api.cache.CacheSnapshotResult;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.LimitExceededException;
import io.sett.engine.memcache.internal.entry.EntryLayout;
import io.sett.engine.memcache.internal.shard.EntryFacts;
import io.sett.engine.memcache.internal.shard.Shard;
import io.sett.engine.memcache.internal.shard.ShardPlan;
import io.sett.engine.memcache.internal.shard.WalkedEntry;
import io.sett.engine.memcache.internal.snapshot.SnapshotEntry;
import io.sett.engine.memcache.internal.snapshot.SnapshotReader;
import io.sett.engine.memcache.internal.snapshot.SnapshotWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;

/** Saves a cache to a file and fills it from one. */
final class CacheSnapshots {

    private final CacheCore core;
    private long stored;
    private long skipped;

    CacheSnapshots(CacheCore core) {
        this.core = core;
    }

    CacheSnapshotResult save(Path file, EntryWalk entries) {
        try (SnapshotWriter writer = SnapshotWriter.open(file, core.ttl().now())) {
            while (entries.hasNext()) {
                WalkedEntry entry = entries.next();
                writer.add(new SnapshotEntry(entry.key().getBytes(StandardCharsets.UTF_8),
                        Objects.requireNonNull(entry.value()), entry.expiry()));
                stored++;
            }
            return new CacheSnapshotResult(stored, 0, writer.finish());
        }
    }

    /** Reads the file twice: to check it as a whole, and to store what is in it. */
    CacheSnapshotResult load(Path file) {
        SnapshotReader.read(file, entry -> { });
        long bytes = SnapshotReader.read(file, this::store);
        core.removals().help();
        return new CacheSnapshotResult(stored, skipped, bytes);
    }

    private void store(SnapshotEntry entry) {
        long now = core.ttl().now();
        boolean done = false;
        if (!EntryLayout.isOver(entry.expiry(), now)) {
            try {
                done = storeLive(entry, now);
            } catch (LimitExceededException refused) {
                if (refused.code() != ErrorCode.ENTRY_TOO_LARGE) {
                    throw refused;
                }
            }
        }
        stored += done ? 1 : 0;
        skipped += done ? 0 : 1;
    }

    private boolean storeLive(SnapshotEntry entry, long now) {
        byte[] key = entry.key();
        core.checkSize(Keys.text(key), key.length, entry.value());
        long hash = core.plan().hash().hash(key, key.length);
        Shard shard = core.shardOf(hash);
        core.lock(shard, core.lockWait());
        try {
            EntryFacts present = shard.facts(key, key.length, ShardPlan.fragment(hash));
            if (present != null && !EntryLayout.isOver(present.expiry(), now)) {
                return false;
            }
            shard.set(key, key.length, ShardPlan.fragment(hash), entry.value(), entry.expiry(), now);
            return true;
        } finally {
            shard.lock().unlock();
        }
    }
}
