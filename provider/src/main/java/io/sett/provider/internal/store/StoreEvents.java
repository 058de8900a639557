// SPDX-License-Identifier: Apache-2.0
package io.sett.provider.internal.store;

import io.sett.api.common.StoreKind;
import io.sett.api.event.EventType;
import io.sett.api.event.StorageEvent;
import io.sett.api.event.StorageEventListener;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The events of one store on their way to the listeners. Sees to it that its opening and closing are told once, whether
 * or not the engine tells them itself.
 */
final class StoreEvents implements StorageEventListener {

    private final String name;
    private final StoreKind kind;
    private final Clock clock;
    private final StorageEventListener next;
    private final Set<EventType> told = ConcurrentHashMap.newKeySet();

    StoreEvents(String name, StoreKind kind, Clock clock, StorageEventListener next) {
        this.name = name;
        this.kind = kind;
        this.clock = clock;
        this.next = next;
    }

    @Override
    public void onEvent(StorageEvent event) {
        boolean once = event.type() == EventType.STORE_OPENED || event.type() == EventType.STORE_CLOSED;
        if (!once || told.add(event.type())) {
            next.onEvent(event);
        }
    }

    void opened(String engine) {
        onEvent(StorageEvent.of(clock.instant(), name, kind, EventType.STORE_OPENED,
                "the " + kind.label() + " '" + name + "' is open", Map.of("engine", engine)));
    }

    void closed() {
        onEvent(StorageEvent.of(clock.instant(), name, kind, EventType.STORE_CLOSED,
                "the " + kind.label() + " '" + name + "' is closed", Map.of()));
    }
}
