// SPDX-License-Identifier: Apache-2.0
package io.sett.jcache.internal;

import java.util.List;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Factory;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryEventFilter;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryListener;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.event.EventType;
import org.jspecify.annotations.Nullable;

/** A registered listener: what it wants to hear, and the lanes on which events come to it. */
final class Registration<K, V> {

    private static final int LANES = 16;

    private final CacheEntryListenerConfiguration<K, V> configuration;
    private final CacheEntryListener<? super K, ? super V> listener;
    private final @Nullable CacheEntryEventFilter<? super K, ? super V> filter;
    private final EventLane[] lanes = new EventLane[LANES];

    Registration(CacheEntryListenerConfiguration<K, V> configuration) {
        this.configuration = configuration;
        this.listener = configuration.getCacheEntryListenerFactory().create();
        Factory<CacheEntryEventFilter<? super K, ? super V>> filters =
                configuration.getCacheEntryEventFilterFactory();
        this.filter = filters == null ? null : filters.create();
        for (int i = 0; i < LANES; i++) {
            lanes[i] = new EventLane();
        }
    }

    CacheEntryListenerConfiguration<K, V> configuration() {
        return configuration;
    }

    boolean isSynchronous() {
        return configuration.isSynchronous();
    }

    /** Events of one key come on one lane. */
    EventLane lane(String stored) {
        int hash = stored.hashCode();
        return lanes[(hash ^ hash >>> 16) & LANES - 1];
    }

    boolean hears(EventType type) {
        return switch (type) {
            case CREATED -> listener instanceof CacheEntryCreatedListener;
            case UPDATED -> listener instanceof CacheEntryUpdatedListener;
            case REMOVED -> listener instanceof CacheEntryRemovedListener;
            case EXPIRED -> listener instanceof CacheEntryExpiredListener;
        };
    }

    /** Tells the listener, when its filter lets the event pass. */
    void deliver(CacheEntryEvent<K, V> event) {
        try {
            CacheEntryEventFilter<? super K, ? super V> wanted = filter;
            if (wanted == null || wanted.evaluate(event)) {
                tell(List.of(event), event.getEventType());
            }
        } catch (CacheEntryListenerException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new CacheEntryListenerException("a listener of cache '" + event.getSource().getName() + "' ("
                    + listener.getClass().getName() + ") failed: " + e, e);
        }
    }

    @SuppressWarnings("unchecked") // Each listener is of the types of this registration.
    private void tell(Iterable<CacheEntryEvent<? extends K, ? extends V>> events, EventType type) {
        switch (type) {
            case CREATED -> ((CacheEntryCreatedListener<K, V>) listener).onCreated(events);
            case UPDATED -> ((CacheEntryUpdatedListener<K, V>) listener).onUpdated(events);
            case REMOVED -> ((CacheEntryRemovedListener<K, V>) listener).onRemoved(events);
            case EXPIRED -> ((CacheEntryExpiredListener<K, V>) listener).onExpired(events);
            default -> throw new IllegalArgumentException("unknown event " + type);
        }
    }

    void close() {
        Closeables.close(listener);
        Closeables.close(filter);
    }
}
