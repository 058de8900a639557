// SPDX-License-Identifier: Apache-2.0
package io.sett.provider.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.common.Registration;
import io.sett.api.common.StoreKind;
import io.sett.api.event.EventType;
import io.sett.api.event.StorageEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class EventDispatcherTest {

    private static StorageEvent event(EventType type, String message) {
        return StorageEvent.of(Instant.EPOCH, "s", StoreKind.KEY_VALUE, type, message, Map.of());
    }

    @Test
    void aFullQueueDropsUnimportantEventsFirst() throws InterruptedException {
        EventDispatcher events = new EventDispatcher();
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        List<StorageEvent> heard = new CopyOnWriteArrayList<>();
        events.add(event -> {
            heard.add(event);
            entered.countDown();
            try {
                go.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
        events.onEvent(event(EventType.STORE_OPENED, "first"));
        entered.await();
        for (int i = 0; i < 5000; i++) {
            events.onEvent(event(EventType.FLUSHED, "debug " + i));
        }
        for (int i = 0; i < 10; i++) {
            events.onEvent(event(EventType.CORRUPTION_FOUND, "bad " + i));
        }
        go.countDown();
        events.close();
        assertThat(heard).hasSize(4097);
        assertThat(heard).filteredOn(event -> event.type() == EventType.CORRUPTION_FOUND).hasSize(10);
        assertThat(heard.get(1).message()).isEqualTo("debug 10");
    }

    @Test
    void listenersComeAndGo() {
        EventDispatcher events = new EventDispatcher();
        List<StorageEvent> first = new CopyOnWriteArrayList<>();
        List<StorageEvent> second = new CopyOnWriteArrayList<>();
        Registration registration = events.add(first::add);
        registration.close();
        registration.close();
        events.add(second::add);
        events.onEvent(event(EventType.LEAK, "a cursor was left open"));
        assertThat(events.close()).containsExactly("a cursor was left open");
        assertThat(first).isEmpty();
        assertThat(second).hasSize(1);
        events.add(first::add);
        events.onEvent(event(EventType.FLUSHED, "late"));
        assertThat(first).isEmpty();
    }
}
