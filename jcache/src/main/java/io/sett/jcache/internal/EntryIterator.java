// SPDX-License-Identifier: Apache-2.0
package io.sett.jcache.internal;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the entries of a cache: an entry that is there all the time is met once, one that comes or goes meanwhile
 * perhaps. Meeting one counts as a hit and as an access. One thread.
 */
final class EntryIterator<K, V> implements Iterator<Cache.Entry<K, V>> {

    private final SettCache<K, V> cache;
    private final Entries<K, V> entries;
    private final Stream<String> keys;
    private final Iterator<String> stored;
    private Cache.@Nullable Entry<K, V> next;
    private @Nullable K last;

    EntryIterator(SettCache<K, V> cache, Entries<K, V> entries) {
        this.cache = cache;
        this.entries = entries;
        this.keys = entries.parts().store().storedKeys();
        this.stored = keys.iterator();
    }

    @Override
    public boolean hasNext() {
        cache.checkOpen();
        while (next == null && stored.hasNext()) {
            String key = stored.next();
            V value = entries.parts().store().get(key);
            if (value != null) {
                next = new Writing.Entry<>(entries.parts().store().key(key), value);
            }
        }
        if (next == null) {
            keys.close();
        }
        return next != null;
    }

    @Override
    public Cache.Entry<K, V> next() {
        if (!hasNext()) {
            throw new NoSuchElementException("cache '" + cache.getName() + "' has no further entry");
        }
        Cache.Entry<K, V> entry = java.util.Objects.requireNonNull(next);
        next = null;
        last = entry.getKey();
        entries.parts().statistics().hit();
        entries.accessed(entry.getKey(), entry.getValue());
        return entry;
    }

    @Override
    public void remove() {
        cache.checkOpen();
        K key = last;
        if (key == null) {
            throw new IllegalStateException("there is no entry to remove; call next before remove");
        }
        last = null;
        entries.remove(key);
    }
}
