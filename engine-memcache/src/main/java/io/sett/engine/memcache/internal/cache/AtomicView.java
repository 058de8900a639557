// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.cache;

import io.sett.api.cache.CacheView;
import io.sett.api.error.ClosedException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.engine.memcache.internal.cache.Batches.Place;
import io.sett.engine.memcache.internal.entry.EntryLayout;
import io.sett.engine.memcache.internal.shard.Change;
import io.sett.engine.memcache.internal.shard.EntryFacts;
import io.sett.engine.memcache.internal.shard.Shard;
import io.sett.engine.memcache.internal.shard.ShardPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The named keys inside of an atomic body: reads from locked shards, keeps writes back until the body is done. */
final class AtomicView implements CacheView {

    private final CacheCore core;
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final Map<String, Change> changes = new LinkedHashMap<>();
    private boolean ended;

    AtomicView(CacheCore core, List<Place> named) {
        this.core = core;
        named.forEach(place -> places.put(place.text(), place));
    }

    private Place place(String key) {
        if (ended) {
            throw new ClosedException(ErrorCode.SCOPE_ENDED, "the view of an atomic operation on cache '" + core.name()
                    + "' was used after the operation ended");
        }
        Place place = places.get(key);
        if (place == null) {
            throw new InvalidOperationException(ErrorCode.INVALID_ARGUMENT, "the key '" + key + "' was not named for "
                    + "this atomic operation on cache '" + core.name() + "', only " + places.keySet());
        }
        return place;
    }

    private byte @Nullable [] stored(Place place) {
        Shard shard = core.shardOf(place.hash());
        return shard.getLocked(place.key(), place.key().length, ShardPlan.fragment(place.hash()), core.ttl().now());
    }

    /** What is known of the stored entry; null when there is no live one. */
    private @Nullable EntryFacts facts(Place place) {
        EntryFacts facts = core.shardOf(place.hash()).facts(place.key(), place.key().length,
                ShardPlan.fragment(place.hash()));
        return facts == null || EntryLayout.isOver(facts.expiry(), core.ttl().now()) ? null : facts;
    }

    @Override
    public Optional<byte[]> get(String key) {
        Place place = place(key);
        Change change = changes.get(key);
        byte[] value = change == null ? stored(place) : change.value() == null ? null : change.value().clone();
        core.count(value != null);
        return Optional.ofNullable(value);
    }

    @Override
    public boolean has(String key) {
        Place place = place(key);
        Change change = changes.get(key);
        return change == null ? facts(place) != null : change.value() != null;
    }

    @Override
    public void set(String key, byte[] value) {
        put(place(key), value, core.ttl().defaultExpiry());
    }

    @Override
    public void set(String key, byte[] value, Duration ttl) {
        put(place(key), value, core.ttl().expiry(ttl));
    }

    private void put(Place place, byte[] value, long expiry) {
        core.checkSize(place.text(), place.key().length, value);
        change(place, value.clone(), expiry);
    }

    private void change(Place place, byte @Nullable [] value, long expiry) {
        Change known = changes.get(place.text());
        if (known == null) {
            changes.put(place.text(), new Change(place.text(), place.key(), place.hash(), value, expiry));
        } else {
            known.become(value, expiry);
        }
    }

    @Override
    public boolean update(String key, byte[] value) {
        Place place = place(key);
        Change change = changes.get(key);
        if (change != null) {
            if (change.value() != null) {
                put(place, value, change.expiry());
            }
            return change.value() != null;
        }
        EntryFacts facts = facts(place);
        if (facts != null) {
            put(place, value, facts.expiry());
        }
        return facts != null;
    }

    @Override
    public boolean delete(String key) {
        Place place = place(key);
        boolean present = has(key);
        if (present) {
            change(place, null, 0);
        } else {
            core.counters().deleteMisses.increment();
        }
        return present;
    }

    /** Ends the view; its writes, in the order of the keys' first writes. */
    List<Change> end() {
        ended = true;
        return new ArrayList<>(changes.values());
    }
}
