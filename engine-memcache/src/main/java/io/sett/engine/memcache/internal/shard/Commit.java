// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.shard;

import java.util.Collection;
import java.util.List;

/** Lets several changes take effect at one moment. The caller holds the locks of all shards concerned. */
public final class Commit {

    private Commit() {
    }

    /**
     * All changes or, when it throws, none.
     *
     * @param shards of the changes, each once
     * @param shardOf the shard of a change
     * @return how many of the deletes removed a live entry
     */
    public static long apply(Collection<Shard> shards, List<Change> changes, ShardOf shardOf, long now) {
        boolean published = false;
        try {
            for (Change change : changes) {
                shardOf.shard(change).prepare(change, now);
            }
            for (Shard shard : shards) {
                shard.prepareIndex(now);
            }
            shards.forEach(Shard::openWindow);
            try {
                published = true;
                changes.forEach(change -> shardOf.shard(change).publish(change));
            } finally {
                shards.forEach(Shard::closeWindow);
            }
            long deleted = 0;
            for (Change change : changes) {
                deleted += shardOf.shard(change).settle(change, now) ? 1 : 0;
            }
            return deleted;
        } finally {
            for (Shard shard : shards) {
                shard.endPrepared(published);
            }
        }
    }

    /** Finds the shard of a change. */
    @FunctionalInterface
    public interface ShardOf {

        Shard shard(Change change);
    }
}
