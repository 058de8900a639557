// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.common.StoreKind;
import io.sett.api.kv.GarbageCollectionResult;
import io.sett.api.kv.KVStore;
import io.sett.engine.lsm.internal.gc.ValueLogCollector;
import io.sett.engine.lsm.internal.gc.ValueLogReport;
import io.sett.spi.EngineContext;
import io.sett.spi.settings.EngineSettings;
import io.sett.testkit.ManualScheduler;
import io.sett.testkit.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Collections of the value log that run by themselves, and two at a time. */
@Timeout(120)
class ValueLogUpkeepTest {

    @TempDir
    Path root;

    private final TestClock clock = new TestClock();

    private KVStore open(Map<String, ?> settings) {
        Map<String, Object> all = new HashMap<>(LsmOpenTest.TINY);
        all.putAll(Map.of("path", "", "value_log_file_size", 65536, "maintenance.gc_interval", "1m",
                "maintenance.gc_threshold", 0.5));
        all.putAll(settings);
        LsmEngineProvider engine = new LsmEngineProvider();
        EngineSettings checked = EngineSettings.of("test", engine.schema(StoreKind.KEY_VALUE), all);
        return (KVStore) engine.open(StoreKind.KEY_VALUE, EngineContext.of("test", StoreKind.KEY_VALUE, checked)
                .withDataRoot(root).withClock(clock).withScheduler(new ManualScheduler(clock)));
    }

    /** Much of what is written first is dead afterwards, and merging has shown it. */
    private static void fillAndOverwrite(KVStore store) {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 400; i++) {
                if (round == 0 || i % 5 != 0) {
                    store.put(("key" + i).getBytes(UTF_8), new byte[1000]);
                }
            }
        }
        store.maintenance().compact();
    }

    private static long worthCollecting(KVStore store) {
        return store.unwrap(ValueLogReport.class).segments().stream().filter(file -> file.deadShare() >= 0.5).count();
    }

    private static long collections(KVStore store) {
        return store.metrics().counter("collections_total");
    }

    @Test
    void whatIsMostlyDeadIsCollectedWhenItsTimeHasCome() {
        try (KVStore store = open(Map.of())) {
            fillAndOverwrite(store);
            assertThat(worthCollecting(store)).isPositive();
            long before = store.unwrap(ValueLogReport.class).bytes();
            clock.advance(Duration.ofSeconds(59));
            assertThat(collections(store)).isZero();
            clock.advance(Duration.ofSeconds(1));
            while (collections(store) == 0) {
                Thread.onSpinWait();
            }
            assertThat(worthCollecting(store)).isZero();
            assertThat(store.unwrap(ValueLogReport.class).bytes()).isLessThan(before - 100_000);
            assertThat(store.metrics().counter("collection_freed_bytes")).isGreaterThan(100_000);
            assertThat(store.count(new byte[0])).isEqualTo(400);
            assertThat(store.getOrThrow("key5".getBytes(UTF_8))).hasSize(1000);
        }
    }

    @Test
    void switchedOffOrPausedNothingIsRewritten() {
        for (boolean enabled : new boolean[] {true, false}) {
            try (KVStore store = open(Map.of("maintenance.gc_enabled", enabled))) {
                ValueLogCollector collector = store.unwrap(ValueLogCollector.class);
                collector.pause();
                fillAndOverwrite(store);
                clock.advance(Duration.ofHours(1));
                assertThat(worthCollecting(store)).isPositive();
                collector.collectByItself();
                assertThat(collections(store)).isZero();
                collector.resume();
                collector.collectByItself();
                assertThat(collections(store)).isOne();
                assertThat(worthCollecting(store)).isZero();
            }
        }
    }

    @Test
    void twoByHandRunOneAfterTheOther() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (KVStore store = open(Map.of())) {
            fillAndOverwrite(store);
            Callable<GarbageCollectionResult> collect = () -> store.maintenance().garbageCollect();
            Future<GarbageCollectionResult> one = threads.submit(collect);
            Future<GarbageCollectionResult> other = threads.submit(collect);
            long moved = one.get().rewrittenBytes() + other.get().rewrittenBytes();
            assertThat(moved).isBetween(1L, 400_000L);
            assertThat(collections(store)).isEqualTo(2);
            assertThat(store.unwrap(ValueLogReport.class).liveBytes()).isEqualTo(400 * 1013);
        } finally {
            threads.shutdownNow();
        }
    }
}
