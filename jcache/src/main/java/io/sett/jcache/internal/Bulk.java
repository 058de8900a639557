// SPDX-License-Identifier: Apache-2.0
package io.sett.jcache.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.integration.CacheWriterException;
import org.jspecify.annotations.Nullable;

/** The operations on many keys: one step for each key, but loader and writer are called once. Any thread. */
final class Bulk<K, V> {

    private final Entries<K, V> entries;
    private final Entries.Parts<K, V> parts;

    Bulk(Entries<K, V> entries) {
        this.entries = entries;
        this.parts = entries.parts();
    }

    Map<K, V> getAll(Set<? extends K> keys) {
        Map<K, V> found = new LinkedHashMap<>();
        for (K key : keys) {
            V value = entries.get(key);
            if (value != null) {
                found.put(key, value);
            }
        }
        return found;
    }

    /** Stores what the writer took; then throws what it threw. */
    void putAll(Map<? extends K, ? extends V> map) {
        Set<Object> unwritten = new HashSet<>();
        CacheWriterException failure = null;
        if (parts.writing().isPresent()) {
            Collection<Cache.Entry<? extends K, ? extends V>> batch = new ArrayList<>();
            map.forEach((key, value) -> batch.add(new Writing.Entry<>(key, value)));
            failure = caught(() -> parts.writing().writeAll(batch));
            if (failure != null) {
                batch.forEach(entry -> unwritten.add(entry.getKey()));
            }
        }
        for (Map.Entry<? extends K, ? extends V> entry : map.entrySet()) {
            if (!unwritten.contains(entry.getKey())) {
                long begun = parts.statistics().begin();
                entries.putUnwritten(entry.getKey(), entry.getValue());
                parts.statistics().endPut(begun);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Removes what the writer deleted; then throws what it threw. */
    void removeAll(Collection<? extends K> keys) {
        Collection<K> undeleted = new LinkedHashSet<>(keys);
        CacheWriterException failure = caught(() -> parts.writing().deleteAll(undeleted));
        for (K key : new LinkedHashSet<K>(keys)) {
            if (failure == null || !undeleted.contains(key)) {
                removeUnwritten(key);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void removeUnwritten(K key) {
        long begun = parts.statistics().begin();
        boolean removed = entries.step(key, held -> {
            V old = held.value();
            if (old != null) {
                held.remove(old);
            }
            return old != null;
        });
        if (removed) {
            parts.statistics().removed();
            parts.statistics().endRemove(begun);
        }
    }

    void removeAll() {
        List<K> keys;
        try (Stream<String> stored = parts.store().storedKeys()) {
            keys = stored.map(parts.store()::key).toList();
        }
        removeAll(keys);
    }

    /** Loads what is missing, or everything, and stores it; the writer is not asked. */
    void loadAll(Set<? extends K> keys, boolean replace) {
        List<K> wanted = new ArrayList<>();
        for (K key : keys) {
            if (replace || !entries.containsKey(key)) {
                wanted.add(key);
            }
        }
        if (wanted.isEmpty()) {
            return;
        }
        parts.loading().loadAll(wanted).forEach((key, value) -> entries.change(key, held -> {
            V old = held.value();
            if (old == null) {
                held.create(value);
            } else if (replace) {
                held.update(value, old);
            }
        }));
    }

    private static @Nullable CacheWriterException caught(Runnable call) {
        try {
            call.run();
            return null;
        } catch (CacheWriterException e) {
            return e;
        }
    }
}
