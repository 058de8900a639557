// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.model;

import io.sett.api.common.KeyRange;
import io.sett.api.kv.Isolation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The state after each commit, one sorted map for each. */
final class KVModel {

    /** A value and when it ends. */
    record Entry(byte[] value, @Nullable Instant expiry) {

        boolean isLive(Instant now) {
            return expiry == null || now.isBefore(expiry);
        }
    }

    private final List<TreeMap<byte[], Entry>> states = new ArrayList<>();
    private final List<TreeMap<byte[], Boolean>> written = new ArrayList<>();

    KVModel() {
        states.add(new TreeMap<>(Arrays::compareUnsigned));
        written.add(new TreeMap<>(Arrays::compareUnsigned));
    }

    /** The number of the newest state. */
    int newest() {
        return states.size() - 1;
    }

    /** Makes a new state of the newest one and the writes; empty deletes. */
    void commit(Map<byte[], Optional<Entry>> writes) {
        TreeMap<byte[], Entry> next = new TreeMap<>(states.get(newest()));
        TreeMap<byte[], Boolean> keys = new TreeMap<>(Arrays::compareUnsigned);
        writes.forEach((key, entry) -> {
            if (entry.isPresent() || next.containsKey(key)) {
                keys.put(key, true);
            }
            entry.ifPresentOrElse(value -> next.put(key, value), () -> next.remove(key));
        });
        states.add(next);
        written.add(keys);
    }

    /** What a reader of a state sees, with pending writes laid over it. */
    SortedMap<byte[], byte[]> view(int state, Map<byte[], Optional<Entry>> pending, Instant now) {
        TreeMap<byte[], Entry> entries = new TreeMap<>(states.get(state));
        pending.forEach((key, entry) -> entry.ifPresentOrElse(value -> entries.put(key, value),
                () -> entries.remove(key)));
        TreeMap<byte[], byte[]> live = new TreeMap<>(Arrays::compareUnsigned);
        entries.forEach((key, entry) -> {
            if (entry.isLive(now)) {
                live.put(key, entry.value());
            }
        });
        return live;
    }

    /** Whether a key was written after a state. */
    boolean changed(byte[] key, int since) {
        return written.subList(since + 1, written.size()).stream().anyMatch(keys -> keys.containsKey(key));
    }

    /** Begins an empty model again: the store forgot everything. */
    void forget() {
        TreeMap<byte[], Optional<Entry>> all = new TreeMap<>(Arrays::compareUnsigned);
        states.get(newest()).keySet().forEach(key -> all.put(key, Optional.empty()));
        commit(all);
    }

    /** What a transaction has done so far. */
    static final class Pending {

        final int base;
        final Isolation isolation;
        final TreeMap<byte[], Optional<Entry>> writes = new TreeMap<>(Arrays::compareUnsigned);
        final TreeMap<byte[], Integer> forUpdate = new TreeMap<>(Arrays::compareUnsigned);
        final List<KeyRange> reads = new ArrayList<>();

        Pending(int base, Isolation isolation) {
            this.base = base;
            this.isolation = isolation;
        }

        /** The state that its reads see now. */
        int sees(KVModel model) {
            return isolation == Isolation.READ_COMMITTED ? model.newest() : base;
        }

        /** Whether it must lose: committing would lose somebody's update. */
        boolean mustConflict(KVModel model) {
            boolean updates = forUpdate.entrySet().stream()
                    .anyMatch(read -> model.changed(read.getKey(), read.getValue()));
            return updates || writes.keySet().stream().anyMatch(key -> overwrites(key, model));
        }

        private boolean overwrites(byte[] key, KVModel model) {
            boolean counts = switch (isolation) {
                case READ_COMMITTED -> false;
                case SNAPSHOT -> true;
                case SERIALIZABLE -> reads.stream().anyMatch(range -> range.contains(key));
            };
            return counts && model.changed(key, base);
        }

        /** Whether it may lose: somebody committed since it began. */
        boolean mayConflict(KVModel model) {
            return model.newest() > base;
        }
    }
}
