// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.common.StoreKind;
import io.sett.api.event.EventType;
import io.sett.api.event.StorageEvent;
import io.sett.engine.memcache.internal.settings.CacheSettings;
import io.sett.spi.EngineContext;
import io.sett.spi.settings.EngineSettings;
import io.sett.testkit.RecordingEvents;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Pressure of the garbage collector, as a collector that the test plays tells of it. */
class CacheMonitorTest {

    private final AtomicLong collectorMillis = new AtomicLong();
    private final RecordingEvents events = new RecordingEvents();

    private List<StorageEvent> pressure(EventType type) {
        return events.of(type).stream().filter(event -> event.message().contains("gc_pressure")).toList();
    }

    @Test
    void aBusyGarbageCollectorRaisesAnAlertOnce() {
        EngineSettings settings = EngineSettings.of("the test", CacheSettings.SCHEMA,
                Map.of("monitoring.metrics_interval", "10s", "monitoring.gc_pressure_threshold", 0.2));
        CacheCore core = new CacheCore(EngineContext.of("test", StoreKind.CACHE, settings).withEvents(events));
        CacheMonitor monitor = new CacheMonitor(core, new GcTime(collectorMillis::get));
        monitor.run();
        collectorMillis.addAndGet(1500);
        monitor.run();
        assertThat(pressure(EventType.ALERT_RAISED)).as("15 %% of the time").isEmpty();
        for (int i = 0; i < 3; i++) {
            collectorMillis.addAndGet(3000);
            monitor.run();
        }
        assertThat(pressure(EventType.ALERT_RAISED)).as("30 %% of the time").hasSize(1);
        assertThat(pressure(EventType.ALERT_RAISED).get(0).details()).containsEntry("code", "GC_PRESSURE");
        collectorMillis.addAndGet(100);
        monitor.run();
        assertThat(pressure(EventType.ALERT_CLEARED)).hasSize(1);
        core.discard();
    }
}
