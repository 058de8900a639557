// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.cache;

import io.sett.engine.memcache.internal.shard.Change;
import io.sett.engine.memcache.internal.shard.Commit;
import io.sett.engine.memcache.internal.shard.Shard;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reading and changing several keys at one moment. */
final class Batches {

    private static final int OPTIMISTIC = 8;

    private final CacheCore core;

    Batches(CacheCore core) {
        this.core = core;
    }

    /** A key and where it belongs. */
    record Place(String text, byte[] key, long hash) {
    }

    Place place(String key, Session session) {
        core.keys().encode(key, session);
        return new Place(key, Keys.copy(session), session.hash());
    }

    /** The places of the keys, each key once. */
    List<Place> places(Collection<String> keys, Session session) {
        Map<String, Place> places = new LinkedHashMap<>();
        for (String key : keys) {
            if (!places.containsKey(key)) {
                places.put(key, place(key, session));
            }
        }
        return List.copyOf(places.values());
    }

    /** The shards of some hashes, each once, in the order in which they are to be locked. */
    private Collection<Shard> shards(List<Long> hashes) {
        Map<Integer, Shard> ordered = new TreeMap<>();
        for (long hash : hashes) {
            ordered.computeIfAbsent(core.plan().shardOf(hash), core::shard);
        }
        return ordered.values();
    }

    Collection<Shard> shardsOf(List<Place> places) {
        return shards(places.stream().map(Place::hash).toList());
    }

    Collection<Shard> shardsOfChanges(List<Change> changes) {
        return shards(changes.stream().map(Change::hash).toList());
    }

    /** Takes all locks, or none. */
    void lock(Collection<Shard> shards, LockWait wait) {
        LockWait started = wait.started();
        List<Shard> locked = new ArrayList<>(shards.size());
        boolean done = false;
        try {
            for (Shard shard : shards) {
                core.lock(shard, started);
                locked.add(shard);
            }
            done = true;
        } finally {
            if (!done) {
                unlock(locked);
            }
        }
    }

    void unlock(Collection<Shard> shards) {
        shards.forEach(shard -> shard.lock().unlock());
    }

    /** All changes or none; tells how many deletes removed something. */
    long commit(List<Change> changes, LockWait wait) {
        Collection<Shard> shards = shardsOfChanges(changes);
        lock(shards, wait);
        try {
            return commitLocked(shards, changes);
        } finally {
            unlock(shards);
        }
    }

    long commitLocked(Collection<Shard> shards, List<Change> changes) {
        return Commit.apply(shards, changes, change -> core.shardOf(change.hash()), core.ttl().now());
    }

    /** The values that are present, all of one moment. */
    Map<String, byte[]> get(List<Place> places, LockWait wait) {
        List<Shard> shards = List.copyOf(shardsOf(places));
        long[] sequences = new long[shards.size()];
        for (int attempt = 0; attempt < OPTIMISTIC; attempt++) {
            if (note(shards, sequences)) {
                Map<String, byte[]> found = read(places, false);
                if (isUnchanged(shards, sequences)) {
                    return found;
                }
            }
            Thread.onSpinWait();
        }
        lock(shards, wait);
        try {
            return read(places, true);
        } finally {
            unlock(shards);
        }
    }

    private static boolean note(List<Shard> shards, long[] sequences) {
        for (int i = 0; i < sequences.length; i++) {
            sequences[i] = shards.get(i).sequence();
            if (sequences[i] < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUnchanged(List<Shard> shards, long[] sequences) {
        for (int i = 0; i < sequences.length; i++) {
            if (!shards.get(i).isUnchanged(sequences[i])) {
                return false;
            }
        }
        return true;
    }

    private Map<String, byte[]> read(List<Place> places, boolean locked) {
        long now = core.ttl().now();
        Map<String, byte[]> found = new LinkedHashMap<>();
        for (Place place : places) {
            Shard shard = core.shardOf(place.hash());
            int fragment = (int) (place.hash() >>> 32);
            byte[] value = locked ? shard.getLocked(place.key(), place.key().length, fragment, now)
                    : shard.get(place.key(), place.key().length, fragment, now);
            if (value != null) {
                found.put(place.text(), value);
            }
        }
        return found;
    }
}
