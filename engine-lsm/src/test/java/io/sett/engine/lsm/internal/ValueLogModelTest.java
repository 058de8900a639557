// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.common.StoreKind;
import io.sett.api.error.CancelledException;
import io.sett.api.error.ClosedException;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.KVReader;
import io.sett.api.kv.KVStore;
import io.sett.api.kv.PutOptions;
import io.sett.api.kv.Snapshot;
import io.sett.api.kv.VerifyLevel;
import io.sett.engine.lsm.internal.base.Seeds;
import io.sett.engine.lsm.internal.gc.ValueLogReport;
import io.sett.spi.EngineContext;
import io.sett.spi.settings.EngineSettings;
import io.sett.testkit.ManualScheduler;
import io.sett.testkit.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random writes with tiny memtables, tables and value-log files, while collections and compactions run all the time:
 * what was deleted never comes back, what is there has its value, and snapshots stay what they were.
 */
@Timeout(300)
class ValueLogModelTest {

    private static final int KEYS = 400;

    @TempDir
    Path root;

    private final TestClock clock = new TestClock();

    /** A value and when it ends, 0 for never. */
    private record Entry(byte[] value, long expiresAt) {
    }

    /** A snapshot and what it has to show. */
    private record Kept(Snapshot snapshot, TreeMap<String, Entry> model) {
    }

    private KVStore open(Map<String, ?> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("path", "");
        LsmEngineProvider engine = new LsmEngineProvider();
        EngineSettings checked = EngineSettings.of("test", engine.schema(StoreKind.KEY_VALUE), all);
        return (KVStore) engine.open(StoreKind.KEY_VALUE, EngineContext.of("test", StoreKind.KEY_VALUE, checked)
                .withDataRoot(root).withClock(clock).withScheduler(new ManualScheduler(clock)));
    }

    private static Map<String, Object> settings(Random random) {
        Map<String, Object> settings = new HashMap<>(LsmOpenTest.TINY);
        settings.putAll(Map.of("base_table_size", 32768, "value_log_file_size", 65536, "value_threshold",
                random.nextInt(60), "compress_values", random.nextBoolean(), "memory_mapping", random.nextBoolean(),
                "compression_type", "snappy", "maintenance.gc_threshold", 0.3, "maintenance.gc_interval", "10ms"));
        return settings;
    }

    @Test
    void whatWasDeletedNeverReturns() throws InterruptedException {
        long seed = Seeds.next();
        Random random = new Random(seed);
        TreeMap<String, Entry> model = new TreeMap<>();
        int rounds = Boolean.getBoolean("sett.stress") ? 60 : 3;
        for (int round = 0; round < rounds; round++) {
            String hint = Seeds.replay(seed) + " round " + round;
            try (KVStore store = open(settings(random))) {
                check(store, model, hint + " reopened");
                besideCollections(store, () -> write(store, model, random, 4000, hint));
                check(store, model, hint);
                if (random.nextBoolean()) {
                    store.maintenance().garbageCollect();
                    check(store, model, hint + " collected");
                }
                assertThat(store.maintenance().verify(VerifyLevel.FULL).problems()).as(hint).isEmpty();
            }
        }
        try (KVStore store = open(settings(random))) {
            store.maintenance().garbageCollect();
            check(store, model, Seeds.replay(seed));
            ValueLogReport report = store.unwrap(ValueLogReport.class);
            assertThat(report.bytes()).as(Seeds.replay(seed)).isLessThan((long) (1.3 * report.liveBytes()) + 65536);
        }
    }

    private interface Work {
        void run();
    }

    private static void besideCollections(KVStore store, Work work) throws InterruptedException {
        AtomicBoolean ends = new AtomicBoolean();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (boolean collects : new boolean[] {true, false}) {
            Thread thread = new Thread(() -> {
                try {
                    while (!ends.get()) {
                        if (collects) {
                            store.maintenance().garbageCollect();
                        } else {
                            store.maintenance().compact();
                        }
                    }
                } catch (ClosedException | CancelledException over) {
                    assertThat(ends.get() || !store.isOpen()).isTrue();
                } catch (RuntimeException | Error e) {
                    failure.compareAndSet(null, e);
                }
            });
            thread.start();
            threads.add(thread);
        }
        try {
            work.run();
        } finally {
            ends.set(true);
            for (Thread thread : threads) {
                thread.join();
            }
        }
        assertThat(failure.get()).isNull();
    }

    private void write(KVStore store, TreeMap<String, Entry> model, Random random, int operations, String hint) {
        List<Kept> kept = new ArrayList<>();
        try {
            for (int i = 0; i < operations; i++) {
                writeOnce(store, model, random);
                int action = random.nextInt(400);
                if (action == 0) {
                    kept.add(new Kept(store.snapshot(), new TreeMap<>(model)));
                } else if (action == 1 && !kept.isEmpty()) {
                    Kept one = kept.remove(random.nextInt(kept.size()));
                    check(one.snapshot, one.model, hint + " snapshot");
                    one.snapshot.close();
                } else if (action == 2) {
                    clock.advance(Duration.ofMillis(500));
                } else if (action < 20) {
                    String key = key(random);
                    checkOne(store, model, key, hint);
                }
            }
            for (Kept one : kept) {
                check(one.snapshot, one.model, hint + " last snapshot");
            }
        } finally {
            kept.forEach(one -> one.snapshot.close());
        }
    }

    private static String key(Random random) {
        return "key" + random.nextInt(KEYS);
    }

    private void writeOnce(KVStore store, TreeMap<String, Entry> model, Random random) {
        String key = key(random);
        if (random.nextInt(3) == 0) {
            store.delete(key.getBytes(UTF_8));
            model.remove(key);
            return;
        }
        byte[] value = new byte[random.nextInt(20) == 0 ? random.nextInt(5000) : random.nextInt(200)];
        if (random.nextBoolean()) {
            random.nextBytes(value);
        }
        boolean expires = random.nextInt(5) == 0;
        int millis = 1 + random.nextInt(3000);
        store.put(key.getBytes(UTF_8), value, expires ? PutOptions.ttl(Duration.ofMillis(millis))
                : PutOptions.defaults());
        model.put(key, new Entry(value, expires ? clock.millis() + millis : 0));
    }

    private boolean isThere(Entry entry) {
        return entry != null && (entry.expiresAt == 0 || entry.expiresAt > clock.millis());
    }

    private void checkOne(KVReader reader, TreeMap<String, Entry> model, String key, String hint) {
        Entry expected = model.get(key);
        byte[] found = reader.get(key.getBytes(UTF_8)).orElse(null);
        assertThat(found).as("%s, %s", hint, key).isEqualTo(isThere(expected) ? expected.value : null);
    }

    private void check(KVReader reader, TreeMap<String, Entry> model, String hint) {
        for (int i = 0; i < KEYS; i++) {
            checkOne(reader, model, "key" + i, hint);
        }
        try (Cursor cursor = reader.iterate(new byte[0])) {
            for (Map.Entry<String, Entry> expected : model.entrySet()) {
                if (isThere(expected.getValue())) {
                    assertThat(cursor.next()).as("%s, before %s", hint, expected.getKey()).isTrue();
                    assertThat(new String(cursor.key(), UTF_8)).as(hint).isEqualTo(expected.getKey());
                    assertThat(cursor.value()).as("%s, %s", hint, expected.getKey())
                            .isEqualTo(expected.getValue().value);
                }
            }
            assertThat(cursor.next()).as(hint).isFalse();
        }
    }
}
