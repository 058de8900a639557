// SPDX-License-Identifier: Apache-2.0
package io.sett.jcache.internal;

import java.util.Objects;
import java.util.function.Supplier;
import javax.cache.processor.MutableEntry;
import org.jspecify.annotations.Nullable;

/** An entry in the hands of a processor: remembers what is to be done when it ends. One thread. */
final class ProcessedEntry<K, V> implements MutableEntry<K, V> {

    /** What the processor did in the end. */
    enum Action {
        /** Nothing, not even read. */
        NONE,
        /** Read a value that was there. */
        READ,
        /** Read a value that had to be loaded. */
        LOADED,
        /** Made an entry that was not there. */
        CREATED,
        /** Gave an entry another value. */
        UPDATED,
        /** Removed it, whether it was there or not. */
        REMOVED
    }

    private final K key;
    private final boolean present;
    private final Supplier<@Nullable V> loader;
    private @Nullable V value;
    private Action action = Action.NONE;

    /**
     * An entry.
     *
     * @param value what is there, null for nothing
     * @param loader loads what is not there
     */
    ProcessedEntry(K key, @Nullable V value, Supplier<@Nullable V> loader) {
        this.key = key;
        this.value = value;
        this.present = value != null;
        this.loader = loader;
    }

    Action action() {
        return action;
    }

    /** What it holds at the end; only after a load, a creation, an update or a read. */
    V result() {
        return Objects.requireNonNull(value);
    }

    @Override
    public boolean exists() {
        return value != null;
    }

    @Override
    public K getKey() {
        return key;
    }

    @Override
    public @Nullable V getValue() {
        if (action == Action.NONE) {
            if (value == null) {
                value = loader.get();
                action = value == null ? Action.NONE : Action.LOADED;
            } else {
                action = Action.READ;
            }
        }
        return value;
    }

    @Override
    public void setValue(V next) {
        Objects.requireNonNull(next, "the value that an entry processor sets");
        action = present ? Action.UPDATED : Action.CREATED;
        value = next;
    }

    @Override
    public void remove() {
        action = action == Action.CREATED || action == Action.LOADED ? Action.NONE : Action.REMOVED;
        value = null;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new IllegalArgumentException("an entry is no " + type.getName());
    }
}
