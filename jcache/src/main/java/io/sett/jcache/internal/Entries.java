// SPDX-License-Identifier: Apache-2.0
package io.sett.jcache.internal;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import javax.cache.event.EventType;
import org.jspecify.annotations.Nullable;

/**
 * The operations on one key, each in one step under the lock of the key: what the standard says of writer, expiry,
 * events and statistics. Any thread.
 */
final class Entries<K, V> {

    /** What it works with. */
    record Parts<K, V>(TypedStore<K, V> store, Expiry expiry, Loading<K, V> loading, Writing<K, V> writing,
            Listeners<K, V> listeners, Statistics statistics, KeyLocks locks) {
    }

    private final Parts<K, V> parts;
    private final TypedStore<K, V> store;

    Entries(Parts<K, V> parts) {
        this.parts = parts;
        this.store = parts.store();
    }

    Parts<K, V> parts() {
        return parts;
    }

    /** A key while its lock is held. */
    final class Held {

        private final K key;
        private final String stored;
        private final Step step = new Step();

        private Held(K key, String stored) {
            this.key = key;
            this.stored = stored;
        }

        K key() {
            return key;
        }

        @Nullable V value() {
            return store.get(stored);
        }

        /** Makes an entry that was not there; false when it expires at once, so that it never was. */
        boolean create(V value) {
            Duration ttl = parts.expiry().forCreation();
            byte[] bytes = store.bytes(value);
            if (ttl.equals(Expiry.NOW)) {
                return false;
            }
            store.set(stored, bytes, ttl);
            parts.listeners().publish(step, EventType.CREATED, key, stored, value, null);
            return true;
        }

        /** Gives an entry that was there another value. */
        void update(V value, V old) {
            Duration ttl = parts.expiry().forUpdate();
            byte[] bytes = store.bytes(value);
            if (ttl == null) {
                if (!store.update(stored, bytes)) {
                    // It expired in between, so this is a creation.
                    create(value);
                    return;
                }
            } else if (ttl.equals(Expiry.NOW)) {
                store.delete(stored);
            } else {
                store.set(stored, bytes, ttl);
            }
            parts.listeners().publish(step, EventType.UPDATED, key, stored, value, old);
            if (Expiry.NOW.equals(ttl)) {
                parts.listeners().publish(step, EventType.EXPIRED, key, stored, value, value);
            }
        }

        /** Creates or updates; counts as a put unless what it creates expires at once. */
        void put(V value, @Nullable V old) {
            boolean stored = true;
            if (old == null) {
                stored = create(value);
            } else {
                update(value, old);
            }
            if (stored) {
                parts.statistics().put();
            }
        }

        void remove(V old) {
            store.delete(stored);
            parts.listeners().publish(step, EventType.REMOVED, key, stored, old, old);
        }

        /** Gives an entry that was read the expiry of an access. */
        void touch(V value) {
            Duration ttl = parts.expiry().forAccess();
            if (ttl != null) {
                touch(value, ttl);
            }
        }

        /** Gives an entry that was read this expiry. */
        void touch(V value, Duration ttl) {
            if (!ttl.equals(Expiry.NOW)) {
                store.touch(stored, ttl);
            } else if (store.delete(stored)) {
                parts.listeners().publish(step, EventType.EXPIRED, key, stored, value, value);
            }
        }
    }

    /** Runs a step under the lock of a key; its events are delivered after that. */
    <T> T step(K key, Function<Held, T> body) {
        String stored = store.stored(key);
        Held held = new Held(key, stored);
        ReentrantLock lock = parts.locks().of(stored);
        T result;
        lock.lock();
        try {
            result = body.apply(held);
        } finally {
            lock.unlock();
        }
        held.step.deliver();
        return result;
    }

    /** Like {@link #step}, for steps without a result. */
    void change(K key, java.util.function.Consumer<Held> body) {
        step(key, held -> {
            body.accept(held);
            return Boolean.TRUE;
        });
    }

    /** A result that may be missing. */
    private record Found<V>(@Nullable V value) {
    }

    private @Nullable V answer(K key, Function<Held, Found<V>> body) {
        return step(key, body).value();
    }

    // --- reading ---

    @Nullable V get(K key) {
        long begun = parts.statistics().begin();
        V value = store.get(store.stored(key));
        parts.statistics().found(value != null);
        if (value == null && parts.loading().isReadThrough()) {
            value = load(key);
        } else if (value != null) {
            accessed(key, value);
        }
        parts.statistics().endGet(begun);
        return value;
    }

    /** Asks the policy once; takes the lock only when the expiry changes. */
    void accessed(K key, V value) {
        Duration ttl = parts.expiry().forAccess();
        if (ttl != null) {
            change(key, held -> held.touch(value, ttl));
        }
    }

    private @Nullable V load(K key) {
        return answer(key, held -> {
            V value = held.value();
            if (value == null) {
                value = parts.loading().load(key);
                if (value != null) {
                    held.create(value);
                }
            }
            return new Found<>(value);
        });
    }

    boolean containsKey(K key) {
        return store.has(store.stored(key));
    }

    // --- writing ---

    void put(K key, V value) {
        long begun = parts.statistics().begin();
        change(key, held -> {
            V old = held.value();
            parts.writing().write(key, value);
            held.put(value, old);
        });
        parts.statistics().endPut(begun);
    }

    /** Stores what the writer has. */
    void putUnwritten(K key, V value) {
        change(key, held -> held.put(value, held.value()));
    }

    @Nullable V getAndPut(K key, V value) {
        long begun = parts.statistics().begin();
        V old = answer(key, held -> {
            V before = held.value();
            parts.writing().write(key, value);
            held.put(value, before);
            return new Found<>(before);
        });
        parts.statistics().found(old != null);
        parts.statistics().endGet(begun);
        parts.statistics().endPut(begun);
        return old;
    }

    boolean putIfAbsent(K key, V value) {
        long begun = parts.statistics().begin();
        boolean absent = step(key, held -> {
            if (held.value() != null) {
                return false;
            }
            parts.writing().write(key, value);
            held.put(value, null);
            return true;
        });
        parts.statistics().found(!absent);
        if (absent) {
            parts.statistics().endPut(begun);
        }
        return absent;
    }

    boolean remove(K key) {
        return getAndRemove(key, false) != null;
    }

    @Nullable V getAndRemove(K key) {
        return getAndRemove(key, true);
    }

    private @Nullable V getAndRemove(K key, boolean counted) {
        long begun = parts.statistics().begin();
        V old = answer(key, held -> {
            parts.writing().delete(key);
            V before = held.value();
            if (before != null) {
                held.remove(before);
            }
            return new Found<>(before);
        });
        if (counted) {
            parts.statistics().found(old != null);
            parts.statistics().endGet(begun);
        }
        if (old != null) {
            parts.statistics().removed();
            parts.statistics().endRemove(begun);
        }
        return old;
    }

    boolean remove(K key, V expected) {
        long begun = parts.statistics().begin();
        boolean removed = step(key, held -> {
            V old = held.value();
            parts.statistics().found(old != null);
            if (old == null) {
                return false;
            }
            if (!old.equals(expected)) {
                held.touch(old);
                return false;
            }
            parts.writing().delete(key);
            held.remove(old);
            return true;
        });
        if (removed) {
            parts.statistics().removed();
            parts.statistics().endRemove(begun);
        }
        return removed;
    }

    boolean replace(K key, V value) {
        return getAndReplace(key, value) != null;
    }

    @Nullable V getAndReplace(K key, V value) {
        long begun = parts.statistics().begin();
        V old = answer(key, held -> {
            V before = held.value();
            if (before != null) {
                parts.writing().write(key, value);
                held.update(value, before);
            }
            return new Found<>(before);
        });
        parts.statistics().found(old != null);
        if (old != null) {
            parts.statistics().put();
            parts.statistics().endPut(begun);
        }
        return old;
    }

    boolean replace(K key, V expected, V value) {
        long begun = parts.statistics().begin();
        boolean replaced = step(key, held -> {
            V old = held.value();
            parts.statistics().found(old != null);
            if (old == null) {
                return false;
            }
            if (!old.equals(expected)) {
                held.touch(old);
                return false;
            }
            parts.writing().write(key, value);
            held.update(value, old);
            return true;
        });
        if (replaced) {
            parts.statistics().put();
            parts.statistics().endPut(begun);
        }
        return replaced;
    }
}
