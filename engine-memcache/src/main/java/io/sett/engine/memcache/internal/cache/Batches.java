// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.cache;

import io.sett.engine.memcache.internal.shard.Change;
import io.sett.engine.memcache.internal.shard.Commit;
import io.sett.engine.memcache.internal.shard.Shard;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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

    /** The shards of some numbers, each once, in the order in which they are to be locked. */
    private List<Shard> shards(int[] numbers) {
        Arrays.sort(numbers);
        List<Shard> ordered = new ArrayList<>(Math.min(numbers.length, core.shardCount()));
        int last = -1;
        for (int number : numbers) {
            if (number != last) {
                ordered.add(core.shard(number));
                last = number;
            }
        }
        return ordered;
    }

    List<Shard> shardsOf(List<Place> places) {
        int[] numbers = new int[places.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = core.plan().shardOf(places.get(i).hash());
        }
        return shards(numbers);
    }

    List<Shard> shardsOfChanges(List<Change> changes) {
        int[] numbers = new int[changes.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = core.plan().shardOf(changes.get(i).hash());
        }
        return shards(numbers);
    }

    private List<Shard> shardsOf(KeyBatch batch) {
        int[] numbers = new int[batch.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = core.plan().shardOf(batch.hash(i));
        }
        return shards(numbers);
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
    long commit(List<Change> changes, Session session, LockWait wait) {
        if (changes.size() > 1) {
            session.approach().to(core, changes.stream().mapToLong(Change::hash).toArray(), changes.size());
        }
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
    Map<String, byte[]> get(KeyBatch batch, Session session, LockWait wait) {
        session.approach().to(core, batch.hashes(), batch.size());
        for (int attempt = 0; attempt < OPTIMISTIC; attempt++) {
            batch.beginPass(core.shardCount());
            Map<String, byte[]> found = read(batch, session, false);
            if (found != null && batch.isOfOneMoment(core)) {
                return found;
            }
            Thread.onSpinWait();
        }
        List<Shard> shards = shardsOf(batch);
        lock(shards, wait);
        try {
            return Objects.requireNonNull(read(batch, session, true));
        } finally {
            unlock(shards);
        }
    }

    /** Null when a shard is just being changed. */
    private @Nullable Map<String, byte[]> read(KeyBatch batch, Session session, boolean locked) {
        long now = core.ttl().now();
        Map<String, byte[]> found = new LinkedHashMap<>(batch.size() * 4 / 3 + 1);
        for (int i = 0; i < batch.size(); i++) {
            int number = core.plan().shardOf(batch.hash(i));
            Shard shard = core.shard(number);
            if (!locked && !batch.note(number, shard)) {
                return null;
            }
            batch.use(i, session);
            int fragment = batch.fragment(i);
            byte[] value = locked ? shard.getLocked(session.key(), session.keyLength(), fragment, now)
                    : shard.get(session.key(), session.keyLength(), fragment, now);
            if (value != null) {
                found.put(batch.text(i), value);
            }
        }
        return found;
    }
}
