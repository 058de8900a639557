// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import io.sett.api.common.StoreKind;
import io.sett.api.event.EventType;
import io.sett.api.kv.KVStore;
import io.sett.engine.lsm.internal.base.Bytes;
import io.sett.spi.EngineContext;
import io.sett.spi.settings.EngineSettings;
import io.sett.testkit.ManualScheduler;
import io.sett.testkit.RecordingEvents;
import io.sett.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A store with tiny limits, whose clock and scheduler the test turns and whose parts it can look at. */
final class StoreUnderTest implements AutoCloseable {

    private static final Map<String, Object> TINY = Map.of("mem_table_size", 65536, "base_table_size", 16384,
            "base_level_size", 65536, "block_size", 512, "sync_writes", false, "compression_type", "none",
            "value_threshold", "1KB");

    final TestClock clock = new TestClock();
    final ManualScheduler scheduler = new ManualScheduler(clock);
    final RecordingEvents events = new RecordingEvents();
    final OpenStore parts;
    final KVStore store;
    private final Path directory;

    StoreUnderTest(Path directory, Map<String, ?> settings) {
        Map<String, Object> all = new HashMap<>(TINY);
        all.putAll(settings);
        all.put("path", "");
        this.directory = directory;
        EngineSettings checked = EngineSettings.of("test", new LsmEngineProvider().schema(StoreKind.KEY_VALUE), all);
        parts = Opening.open(EngineContext.of("test", StoreKind.KEY_VALUE, checked).withDataRoot(directory)
                .withClock(clock).withScheduler(scheduler).withEvents(events));
        store = new LsmStore(parts);
    }

    static byte[] key(int number) {
        byte[] key = new byte[4];
        Bytes.putInt(key, 0, Integer.reverseBytes(number));
        return key;
    }

    /** Puts keys from a number up, with values of 100 bytes that begin with the mark. */
    void fill(int from, int to, int mark) {
        for (int i = from; i < to; i++) {
            byte[] value = new byte[100];
            value[0] = (byte) mark;
            store.put(key(i), value);
        }
    }

    double gauge(String name) {
        return store.metrics().gauge(name);
    }

    long counter(String name) {
        return store.metrics().counter(name);
    }

    int told(EventType type) {
        return events.of(type).size();
    }

    /** Waits for what other threads are about to bring about; the test has a limit of time. */
    static void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    /** Turns the clock a little again and again until it is so. */
    void turnUntil(Duration step, BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            clock.advance(step);
            Thread.onSpinWait();
        }
    }

    /** Makes the next tables impossible: where they would be made there is a directory. Answers those. */
    List<Path> obstruct(int many) throws IOException {
        long last = parts.versions().newFileId();
        List<Path> obstacles = Stream.iterate(last + 1, number -> number + 1).limit(many)
                .map(number -> directory.resolve(String.format("%06d.sst", number))).toList();
        for (Path obstacle : obstacles) {
            Files.createDirectory(obstacle);
        }
        return obstacles;
    }

    static void clear(List<Path> obstacles) throws IOException {
        for (Path obstacle : obstacles) {
            Files.deleteIfExists(obstacle);
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
