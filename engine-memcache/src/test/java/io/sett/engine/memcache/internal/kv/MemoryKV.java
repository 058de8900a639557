// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.kv;

import io.sett.api.common.StoreKind;
import io.sett.api.event.StorageEvent;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.CursorOptions;
import io.sett.api.kv.KVReader;
import io.sett.api.kv.KVStore;
import io.sett.spi.EngineContext;
import io.sett.spi.HandleTracking;
import io.sett.spi.MemoryBudget;
import io.sett.spi.settings.EngineSettings;
import io.sett.testkit.ManualScheduler;
import io.sett.testkit.TestClock;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A store under test with its clock, scheduler and events. */
final class MemoryKV implements AutoCloseable {

    final TestClock clock = new TestClock();
    final ManualScheduler scheduler = new ManualScheduler(clock);
    final List<StorageEvent> events = new CopyOnWriteArrayList<>();
    final MemoryBudget budget = new MemoryBudget(1L << 30);
    final KVStore store;

    MemoryKV() {
        this(Map.of());
    }

    MemoryKV(Map<String, ?> settings) {
        store = MemoryKVStores.open(EngineContext
                .of("test", StoreKind.KEY_VALUE, EngineSettings.of("test", MemoryKVSettings.schema(), settings))
                .withClock(clock).withScheduler(scheduler).withEvents(events::add).withMemory(budget)
                .withHandles(HandleTracking.FULL));
    }

    void put(String key, String value) {
        store.put(bytes(key), bytes(value));
    }

    long gauge(String name) {
        return (long) store.metrics().gauge(name);
    }

    @Override
    public void close() {
        store.close();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    static List<String> content(KVReader reader, CursorOptions options) {
        List<String> content = new ArrayList<>();
        try (Cursor cursor = reader.cursor(options)) {
            while (cursor.next()) {
                content.add(text(cursor.key()) + (cursor.isDeletion() ? " deleted" : "=" + text(cursor.value())));
            }
        }
        return content;
    }

    static List<String> content(KVReader reader) {
        return content(reader, CursorOptions.defaults());
    }

    static long seed(String test) {
        long seed = Long.getLong("sett.seed", System.nanoTime());
        System.out.println(test + ": -Dsett.seed=" + seed);
        return seed;
    }
}
