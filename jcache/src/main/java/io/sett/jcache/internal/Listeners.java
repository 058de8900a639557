// SPDX-License-Identifier: Apache-2.0
package io.sett.jcache.internal;

import io.sett.api.cache.CacheRemoval;
import io.sett.api.cache.RemovalCause;
import io.sett.spi.log.Loggers;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import javax.cache.Cache;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.event.EventType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * The listeners of a cache. Events are {@linkplain #publish queued} under the lock of their key; the operation then
 * waits for those of synchronous listeners, an executor delivers the others. Any thread.
 */
final class Listeners<K, V> {

    private static final Logger LOG = Loggers.of(Listeners.class);

    private final Cache<K, V> cache;
    private final TypedStore<K, V> store;
    private final Executor executor;
    private final List<Registration<K, V>> registrations = new CopyOnWriteArrayList<>();
    private final AtomicReference<io.sett.api.common.@Nullable Registration> expiries = new AtomicReference<>();

    Listeners(Cache<K, V> cache, TypedStore<K, V> store, Executor executor) {
        this.cache = cache;
        this.store = store;
        this.executor = executor;
    }

    void register(CacheEntryListenerConfiguration<K, V> configuration) {
        for (Registration<K, V> known : registrations) {
            if (known.configuration().equals(configuration)) {
                throw new IllegalArgumentException("cache '" + cache.getName() + "' has this listener already; "
                        + "deregister it before it is registered again");
            }
        }
        Registration<K, V> registration = new Registration<>(configuration);
        registrations.add(registration);
        if (registration.hears(EventType.EXPIRED)) {
            hearOfExpiry();
        }
    }

    /** The store is asked to tell of expired entries only when somebody listens, since each costs a copy. */
    private void hearOfExpiry() {
        if (expiries.get() == null) {
            io.sett.api.common.Registration heard = store.store().addRemovalListener(this::expired,
                    EnumSet.of(RemovalCause.EXPIRED));
            if (!expiries.compareAndSet(null, heard)) {
                heard.close();
            }
        }
    }

    private void expired(CacheRemoval removal) {
        Step step = new Step();
        V value = store.value(removal.value());
        publish(step, EventType.EXPIRED, store.key(removal.key()), removal.key(), value, value);
        step.deliver();
    }

    void deregister(CacheEntryListenerConfiguration<K, V> configuration) {
        for (Registration<K, V> known : registrations) {
            if (known.configuration().equals(configuration) && registrations.remove(known)) {
                known.close();
            }
        }
    }

    boolean isEmpty() {
        return registrations.isEmpty();
    }

    /** Queues an event for all who want to hear of it; the step waits for the synchronous ones at its end. */
    void publish(Step step, EventType type, K key, String stored, V value, @Nullable V oldValue) {
        for (Registration<K, V> registration : registrations) {
            if (registration.hears(type)) {
                EntryEvent<K, V> event = new EntryEvent<>(cache, type, key, value, oldValue);
                EventLane lane = registration.lane(stored);
                if (registration.isSynchronous()) {
                    step.await(lane, lane.add(() -> registration.deliver(event)));
                } else {
                    lane.add(() -> deliverAlone(registration, event));
                    deliverSoon(lane);
                }
            }
        }
    }

    private void deliverSoon(EventLane lane) {
        try {
            executor.execute(lane::drain);
        } catch (RejectedExecutionException closing) {
            lane.drain();
        }
    }

    private static <K, V> void deliverAlone(Registration<K, V> registration, EntryEvent<K, V> event) {
        try {
            registration.deliver(event);
        } catch (RuntimeException e) {
            LOG.warn("an asynchronous cache listener failed", e);
        }
    }

    void close() {
        io.sett.api.common.Registration heard = expiries.getAndSet(null);
        if (heard != null) {
            heard.close();
        }
        for (Registration<K, V> registration : registrations) {
            registration.close();
        }
        registrations.clear();
    }
}
