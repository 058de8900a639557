// SPDX-License-Identifier: Apache-2.0
package io.sett.jcache.internal;

import java.util.Collection;
import javax.cache.Cache;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;
import org.jspecify.annotations.Nullable;

/** The writer of a cache, if it writes through, with its failures in the one form of the standard. Any thread. */
final class Writing<K, V> {

    private final @Nullable CacheWriter<? super K, ? super V> writer;

    /** Writes through only with a writer and when it is asked to. */
    Writing(@Nullable CacheWriter<? super K, ? super V> writer) {
        this.writer = writer;
    }

    /** An entry on its way to the writer. */
    record Entry<K, V>(K key, V value) implements Cache.Entry<K, V> {

        @Override
        public K getKey() {
            return key;
        }

        @Override
        public V getValue() {
            return value;
        }

        @Override
        public <T> T unwrap(Class<T> type) {
            if (type.isInstance(this)) {
                return type.cast(this);
            }
            throw new IllegalArgumentException("an entry is no " + type.getName());
        }
    }

    boolean isPresent() {
        return writer != null;
    }

    void write(K key, V value) {
        CacheWriter<? super K, ? super V> target = writer;
        if (target != null) {
            guarded(() -> target.write(new Entry<>(key, value)));
        }
    }

    void delete(K key) {
        CacheWriter<? super K, ? super V> target = writer;
        if (target != null) {
            guarded(() -> target.delete(key));
        }
    }

    /** Those that were not written stay in the collection when it fails. */
    void writeAll(Collection<Cache.Entry<? extends K, ? extends V>> entries) {
        CacheWriter<? super K, ? super V> target = writer;
        if (target != null && !entries.isEmpty()) {
            guarded(() -> target.writeAll(raw(entries)));
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // The writer takes entries of these or wider types.
    private static <A, B> Collection<Cache.Entry<? extends A, ? extends B>> raw(Collection entries) {
        return entries;
    }

    /** Those that were not deleted stay in the collection when it fails. */
    void deleteAll(Collection<K> keys) {
        CacheWriter<? super K, ? super V> target = writer;
        if (target != null && !keys.isEmpty()) {
            guarded(() -> target.deleteAll(keys));
        }
    }

    private static void guarded(Runnable call) {
        try {
            call.run();
        } catch (CacheWriterException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new CacheWriterException("the writer of the cache failed: " + e, e);
        }
    }

    void close() {
        Closeables.close(writer);
    }
}
