// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache;

import io.sett.api.cache.CacheStore;
import io.sett.api.common.StoreKind;
import io.sett.engine.memcache.internal.MemoryEngineProvider;
import io.sett.spi.EngineContext;
import io.sett.spi.HandleTracking;
import io.sett.spi.MemoryBudget;
import io.sett.spi.settings.EngineSettings;
import io.sett.testkit.ManualScheduler;
import io.sett.testkit.RecordingEvents;
import io.sett.testkit.TestClock;
import java.util.LinkedHashMap;
import java.util.Map;

/** A cache with a clock, a scheduler, events and a budget that the test holds in its hands. */
public final class CacheUnderTest implements AutoCloseable {

    private final TestClock clock = new TestClock();
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final RecordingEvents events = new RecordingEvents();
    private final MemoryBudget budget = new MemoryBudget(1L << 40);
    private final CacheStore cache;

    private CacheUnderTest(Map<String, ?> settings) {
        MemoryEngineProvider provider = new MemoryEngineProvider();
        EngineSettings checked = EngineSettings.of("the settings of the test", provider.schema(StoreKind.CACHE),
                settings);
        cache = (CacheStore) provider.open(StoreKind.CACHE, EngineContext.of("test", StoreKind.CACHE, checked)
                .withClock(clock).withScheduler(scheduler).withEvents(events).withMemory(budget)
                .withHandles(HandleTracking.FULL));
    }

    /** Opens a cache; settings come as names and values in turn. */
    public static CacheUnderTest open(Object... settings) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            map.put((String) settings[i], settings[i + 1]);
        }
        return new CacheUnderTest(map);
    }

    public CacheStore cache() {
        return cache;
    }

    public TestClock clock() {
        return clock;
    }

    public ManualScheduler scheduler() {
        return scheduler;
    }

    public RecordingEvents events() {
        return events;
    }

    public MemoryBudget budget() {
        return budget;
    }

    @Override
    public void close() {
        cache.close();
        if (!scheduler.failures().isEmpty()) {
            throw new AssertionError("a scheduled task failed", scheduler.failures().get(0));
        }
    }
}
