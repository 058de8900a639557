// SPDX-License-Identifier: Apache-2.0
package io.sett.jcache.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CacheWriterException;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.EntryProcessorResult;
import org.jspecify.annotations.Nullable;

/** Entry processors: each runs under the lock of its key, then what it did takes effect in one step. Any thread. */
final class Invocations<K, V> {

    private final Entries<K, V> entries;
    private final Entries.Parts<K, V> parts;

    Invocations(Entries<K, V> entries) {
        this.entries = entries;
        this.parts = entries.parts();
    }

    /** What a processor returned, perhaps nothing. */
    private record Outcome<T>(@Nullable T value) {
    }

    <T> @Nullable T invoke(K key, EntryProcessor<K, V, T> processor, @Nullable Object... arguments) {
        Outcome<T> outcome = entries.step(key, held -> {
            V before = held.value();
            parts.statistics().found(before != null);
            ProcessedEntry<K, V> entry = new ProcessedEntry<>(key, before, () -> parts.loading().isReadThrough()
                    ? parts.loading().load(key) : null);
            T result = process(processor, entry, arguments);
            apply(held, entry, before);
            return new Outcome<>(result);
        });
        return outcome.value();
    }

    private static <K, V, T> @Nullable T process(EntryProcessor<K, V, T> processor, ProcessedEntry<K, V> entry,
            @Nullable Object... arguments) {
        try {
            return processor.process(entry, arguments);
        } catch (EntryProcessorException | CacheLoaderException | CacheWriterException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new EntryProcessorException("the entry processor " + processor.getClass().getName() + " failed: " + e,
                    e);
        }
    }

    private void apply(Entries<K, V>.Held held, ProcessedEntry<K, V> entry, @Nullable V before) {
        switch (entry.action()) {
            case NONE -> {
                return;
            }
            case READ -> held.touch(entry.result());
            case LOADED -> held.create(entry.result());
            case CREATED, UPDATED -> {
                parts.writing().write(held.key(), entry.result());
                held.put(entry.result(), before);
            }
            case REMOVED -> {
                parts.writing().delete(held.key());
                if (before != null) {
                    held.remove(before);
                    parts.statistics().removed();
                }
            }
            default -> throw new IllegalStateException("unknown action " + entry.action());
        }
    }

    <T> Map<K, EntryProcessorResult<T>> invokeAll(Set<? extends K> keys, EntryProcessor<K, V, T> processor,
            @Nullable Object... arguments) {
        Map<K, EntryProcessorResult<T>> results = new LinkedHashMap<>();
        for (K key : keys) {
            try {
                T result = invoke(key, processor, arguments);
                if (result != null) {
                    results.put(key, () -> result);
                }
            } catch (EntryProcessorException e) {
                results.put(key, failed(e));
            } catch (RuntimeException e) {
                results.put(key, failed(new EntryProcessorException("the entry processor failed: " + e, e)));
            }
        }
        return results;
    }

    private static <T> EntryProcessorResult<T> failed(EntryProcessorException failure) {
        return () -> {
            throw failure;
        };
    }
}
