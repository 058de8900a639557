// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sett.api.common.ProgressListener;
import io.sett.api.error.CorruptionException;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.error.StorageUnavailableException;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.GarbageCollectionResult;
import io.sett.api.kv.KVStore;
import io.sett.api.kv.Snapshot;
import io.sett.api.kv.VerifyLevel;
import io.sett.engine.lsm.internal.gc.ValueLogCollector;
import io.sett.engine.lsm.internal.gc.ValueLogReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values in the value log: where they go, how they are read, and how their space comes back. */
@Timeout(120)
class ValueLogTest {

    private static final Map<String, Object> SMALL_FILES = with(LsmOpenTest.TINY, Map.of("value_log_file_size", 65536));

    @TempDir
    Path root;

    private static Map<String, Object> with(Map<String, Object> base, Map<String, ?> more) {
        Map<String, Object> settings = new HashMap<>(base);
        settings.putAll(more);
        return settings;
    }

    private static byte[] key(int number) {
        return String.format("key%06d", number).getBytes(UTF_8);
    }

    private static byte[] value(int length, int seed) {
        byte[] value = new byte[length];
        new Random(seed).nextBytes(value);
        return value;
    }

    private static long counter(KVStore store, String name) {
        return store.metrics().counter(name);
    }

    private static long filesOf(Path directory, String ending) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith(ending)).count();
        }
    }

    private static long bytesIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            long sum = 0;
            for (Path file : files.toList()) {
                sum += Files.size(file);
            }
            return sum;
        }
    }

    @Test
    void exactlyLongerValuesThanTheThresholdAreStoredApart() {
        try (KVStore store = LsmOpenTest.open(root, Map.of("sync_writes", false))) {
            store.put(key(0), new byte[0]);
            store.put(key(1), value(31, 1));
            store.put(key(2), value(32, 2));
            assertThat(counter(store, "separated_values_total")).isZero();
            store.put(key(3), value(33, 3));
            store.execute(transaction -> {
                transaction.put(key(4), value(32, 4));
                transaction.put(key(5), value(34, 5));
            });
            assertThat(counter(store, "separated_values_total")).isEqualTo(2);
            for (int i = 1; i <= 5; i++) {
                assertThat(store.getOrThrow(key(i))).isEqualTo(value(new int[] {0, 31, 32, 33, 32, 34}[i], i));
            }
            assertThat(store.getOrThrow(key(0))).isEmpty();
            assertThat(counter(store, "value_log_reads_total")).isEqualTo(2);
        }
        Path all = root.resolve("all");
        try (KVStore store = LsmOpenTest.open(all, Map.of("value_threshold", 0))) {
            store.put(key(0), new byte[0]);
            store.put(key(1), new byte[1]);
            assertThat(counter(store, "separated_values_total")).isEqualTo(1);
        }
    }

    @Test
    void keysAreReadWithoutTheValueLog() {
        try (KVStore store = LsmOpenTest.open(root, SMALL_FILES)) {
            for (int i = 0; i < 500; i++) {
                store.put(key(i), value(1000, i));
            }
            store.put(key(1000), value(1 << 20, 9));
            store.maintenance().compact();
            assertThat(store.has(key(1000))).isTrue();
            assertThat(store.has(key(1001))).isFalse();
            int seen = 0;
            long bytes = 0;
            try (Cursor cursor = store.iterate(new byte[0])) {
                while (cursor.next()) {
                    seen += cursor.key().length > 0 ? 1 : 0;
                    bytes += cursor.valueSize();
                }
            }
            assertThat(store.count(new byte[0])).isEqualTo(501);
            assertThat(seen).isEqualTo(501);
            assertThat(bytes).isEqualTo(500 * 1000 + (1 << 20));
            assertThat(counter(store, "value_log_reads_total")).isZero();
            assertThat(store.read(key(3), slice -> slice.toByteArray()).orElseThrow()).isEqualTo(value(1000, 3));
            assertThat(store.getMany(List.of(key(1), key(1001), key(1000)))).hasSize(3)
                    .satisfies(values -> assertThat(values.get(2).orElseThrow()).isEqualTo(value(1 << 20, 9)));
            assertThat(counter(store, "value_log_reads_total")).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void eachPositionOfACursorReadsItsValueOnceAndOnlyWhenAsked(boolean mapping) {
        try (KVStore store = LsmOpenTest.open(root, with(SMALL_FILES, Map.of("memory_mapping", mapping)))) {
            for (int i = 0; i < 300; i++) {
                store.put(key(i), value(100 + i, i));
            }
            try (Cursor cursor = store.iterate(new byte[0])) {
                for (int i = 0; cursor.next(); i++) {
                    assertThat(cursor.valueSlice().toByteArray()).isEqualTo(value(100 + i, i));
                    assertThat(cursor.value()).isEqualTo(value(100 + i, i));
                    assertThat(cursor.valueSlice().length()).isEqualTo(100 + i);
                }
                assertThat(cursor.first()).isTrue();
                assertThat(cursor.value()).isEqualTo(value(100, 0));
            }
            assertThat(counter(store, "value_log_reads_total")).isEqualTo(301);
        }
    }

    @Test
    void filesEndBeforeTheyWouldBeTooLong() throws IOException {
        int limit = 65536;
        try (KVStore store = LsmOpenTest.open(root, with(SMALL_FILES, Map.of("mem_table_size", 1 << 20)))) {
            for (int i = 0; i < 400; i++) {
                store.put(key(i), value(1500 + i % 3, i));
            }
            store.put(key(1000), value(limit + 1, 1));
            store.put(key(1001), value(10, 1));
            for (int i = 0; i < 400; i++) {
                assertThat(store.getOrThrow(key(i))).isEqualTo(value(1500 + i % 3, i));
            }
            assertThat(store.getOrThrow(key(1000))).isEqualTo(value(limit + 1, 1));
        }
        try (Stream<Path> files = Files.list(root)) {
            List<Long> lengths = files.filter(file -> file.toString().endsWith(".wal"))
                    .map(file -> file.toFile().length()).toList();
            assertThat(lengths).hasSizeGreaterThan(9);
            assertThat(lengths.stream().filter(length -> length > limit)).hasSize(1);
            assertThat(lengths.stream().filter(length -> length > limit - 3000).count())
                    .isGreaterThan(lengths.size() - 4L);
        }
        try (KVStore store = LsmOpenTest.open(root, SMALL_FILES)) {
            assertThat(store.getOrThrow(key(1000))).isEqualTo(value(limit + 1, 1));
            assertThat(store.count(new byte[0])).isEqualTo(402);
            assertThat(store.maintenance().verify(VerifyLevel.FULL).problems()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {262_143, 262_144, 262_145, 3_000_000})
    void longValuesComeBackFromMemtableTableAndAfterReopening(int length) {
        try (KVStore store = LsmOpenTest.open(root, SMALL_FILES)) {
            store.put(key(1), value(length, 1));
            assertThat(store.getOrThrow(key(1))).isEqualTo(value(length, 1));
        }
        try (KVStore store = LsmOpenTest.open(root, SMALL_FILES)) {
            assertThat(store.getOrThrow(key(1))).isEqualTo(value(length, 1));
            store.maintenance().compact();
            assertThat(store.getOrThrow(key(1))).isEqualTo(value(length, 1));
            store.put(key(1), value(50, 2));
            store.put(key(2), value(length, 3));
            store.maintenance().garbageCollect();
            assertThat(store.getOrThrow(key(1))).isEqualTo(value(50, 2));
            assertThat(store.getOrThrow(key(2))).isEqualTo(value(length, 3));
        }
    }

    @Test
    void compressedValuesTakeLessAndHardlyCompressibleOnesStayPlain() throws IOException {
        byte[] half = value(2000, 1);
        Arrays.fill(half, 1000, 2000, (byte) 7);
        Map<String, Object> settings = with(SMALL_FILES, Map.of("compress_values", true, "compression_type", "snappy"));
        try (KVStore store = LsmOpenTest.open(root, settings)) {
            for (int i = 0; i < 200; i++) {
                store.put(key(i), i % 2 == 0 ? half : value(2000, i));
            }
            for (int i = 0; i < 200; i++) {
                assertThat(store.getOrThrow(key(i))).isEqualTo(i % 2 == 0 ? half : value(2000, i));
            }
            assertThat(counter(store, "log_written_bytes")).isBetween(300_000L, 330_000L);
        }
        try (KVStore store = LsmOpenTest.open(root, SMALL_FILES)) {
            store.maintenance().garbageCollect();
            assertThat(store.read(key(10), slice -> slice.toByteArray()).orElseThrow()).isEqualTo(half);
        }
    }

    @Test
    void oneCollectionLeavesLittleMoreThanWhatIsAlive() throws IOException {
        for (int length : new int[] {100, 1000, 16_384}) {
            Path directory = root.resolve("of" + length);
            int keys = 1_000_000 / length;
            try (KVStore store = LsmOpenTest.open(directory, with(SMALL_FILES, Map.of("base_table_size", 65536,
                    "block_size", 4096)))) {
                for (int round = 0; round < 5; round++) {
                    for (int i = 0; i < keys; i++) {
                        store.put(key(i), value(length, i + round));
                    }
                }
                for (int i = 0; i < keys; i += 2) {
                    store.delete(key(i));
                }
                GarbageCollectionResult result = store.maintenance().garbageCollect();
                long live = (long) keys / 2 * (length + key(1).length);
                assertThat(bytesIn(directory)).as("values of %d bytes, %s", length, result)
                        .isLessThanOrEqualTo((long) (1.3 * live) + 16_384);
                assertThat(result.freedBytes()).isGreaterThan(live);
                assertThat(result.collectedFiles()).isPositive();
                for (int i = 0; i < keys; i++) {
                    assertThat(store.get(key(i)).isPresent()).isEqualTo(i % 2 == 1);
                }
                assertThat(store.getOrThrow(key(1))).isEqualTo(value(length, 5));
                GarbageCollectionResult second = store.maintenance().garbageCollect();
                assertThat(second.rewrittenBytes()).isZero();
                assertThat(store.maintenance().verify(VerifyLevel.FULL).problems()).isEmpty();
            }
        }
    }

    @Test
    void whatIsWhollyDeadGoesWithoutBeingRead() throws IOException {
        try (KVStore store = LsmOpenTest.open(root, SMALL_FILES)) {
            for (int i = 0; i < 300; i++) {
                store.put(key(i), value(1000, i));
            }
            store.deleteRange(io.sett.api.common.KeyRange.all());
            GarbageCollectionResult result = store.maintenance().garbageCollect();
            assertThat(result.rewrittenBytes()).isZero();
            assertThat(store.unwrap(ValueLogReport.class).segments()).isEmpty();
            assertThat(filesOf(root, ".vlog") + filesOf(root, ".wal")).isEqualTo(1);
            assertThat(store.count(new byte[0])).isZero();
        }
    }

    @Test
    void readersOfOldStatesKeepTheirValues() {
        try (KVStore store = LsmOpenTest.open(root, SMALL_FILES)) {
            for (int i = 0; i < 300; i++) {
                store.put(key(i), value(500, i));
            }
            try (Snapshot snapshot = store.snapshot(); Cursor cursor = store.iterate(new byte[0])) {
                assertThat(cursor.next()).isTrue();
                for (int i = 0; i < 300; i++) {
                    store.put(key(i), value(500, i + 1000));
                }
                store.maintenance().garbageCollect();
                store.maintenance().garbageCollect();
                int seen = 1;
                assertThat(cursor.value()).isEqualTo(value(500, 0));
                while (cursor.next()) {
                    assertThat(cursor.value()).isEqualTo(value(500, seen++));
                }
                assertThat(seen).isEqualTo(300);
                for (int i = 0; i < 300; i++) {
                    assertThat(snapshot.getOrThrow(key(i))).isEqualTo(value(500, i));
                    assertThat(store.getOrThrow(key(i))).isEqualTo(value(500, i + 1000));
                }
            }
            GarbageCollectionResult result = store.maintenance().garbageCollect();
            assertThat(result.freedBytes()).isGreaterThan(100_000);
            assertThat(store.unwrap(ValueLogReport.class).liveBytes()).isEqualTo(300 * 513);
        }
    }

    @Test
    void itExplainsItself() {
        try (KVStore store = LsmOpenTest.open(root, SMALL_FILES)) {
            for (int i = 0; i < 200; i++) {
                store.put(key(i), value(1000, i));
            }
            store.maintenance().compact();
            assertThat(store.maintenance().describe()).contains("value log", "alive; a collection would free");
            ValueLogReport report = store.unwrap(ValueLogReport.class);
            assertThat(report.liveBytes()).isEqualTo(200 * 1013);
            assertThat(report.segments()).hasSizeGreaterThan(2);
            GarbageCollectionResult result = store.maintenance().garbageCollect(ProgressListener.NONE);
            assertThat(result.notes()).hasSameSizeAs(store.unwrap(ValueLogReport.class).segments())
                    .allMatch(note -> note.contains("value-log file"));
            assertThat(store.unwrap(ValueLogCollector.class).report().liveBytes()).isEqualTo(200 * 1013);
        }
    }

    @Test
    void aDirectoryOfItsOwnIsUsedAndLockedToo() throws IOException {
        Map<String, Object> settings = with(SMALL_FILES, Map.of("value_dir", "values"));
        Path values = root.resolve("values");
        try (KVStore store = LsmOpenTest.open(root, settings)) {
            for (int i = 0; i < 300; i++) {
                store.put(key(i), value(1000, i));
            }
            store.maintenance().garbageCollect();
            assertThat(filesOf(values, ".wal") + filesOf(values, ".vlog")).isGreaterThan(3);
            assertThat(filesOf(root, ".wal") + filesOf(root, ".vlog")).isZero();
            assertThatThrownBy(() -> LsmOpenTest.open(root.resolve("other"), Map.of("value_dir", values.toString())))
                    .isInstanceOf(StorageUnavailableException.class).hasMessageContaining("values");
            assertThat(store.size()).isGreaterThan(300_000);
        }
        try (KVStore store = LsmOpenTest.open(root, with(settings, Map.of("read_only", true)))) {
            assertThat(store.getOrThrow(key(7))).isEqualTo(value(1000, 7));
            assertThatThrownBy(() -> store.maintenance().garbageCollect()).isInstanceOf(InvalidOperationException.class)
                    .hasMessageContaining("reading only");
        }
        LsmOpenTest.open(root.resolve("other"), Map.of("value_dir", values.toString())).close();
    }

    @Test
    void damageIsFoundWhenAValueIsReadAndByVerifying() throws IOException {
        try (KVStore store = LsmOpenTest.open(root, SMALL_FILES)) {
            for (int i = 0; i < 200; i++) {
                store.put(key(i), value(1000, i));
            }
            store.maintenance().compact();
        }
        List<Path> logs;
        try (Stream<Path> files = Files.list(root)) {
            logs = files.filter(file -> file.toString().endsWith(".wal")).sorted().toList();
        }
        byte[] bytes = Files.readAllBytes(logs.get(0));
        bytes[64 + 12 + 500] ^= 1;
        Files.write(logs.get(0), bytes);
        try (KVStore store = LsmOpenTest.open(root, SMALL_FILES)) {
            assertThatThrownBy(() -> store.get(key(0))).isInstanceOf(CorruptionException.class)
                    .hasMessageContaining(logs.get(0).getFileName().toString());
            assertThat(store.getOrThrow(key(1))).isEqualTo(value(1000, 1));
            assertThat(store.maintenance().verify(VerifyLevel.FULL).problems()).hasSize(1)
                    .allMatch(problem -> problem.contains("checksum of a value"));
        }
        Files.delete(logs.get(0));
        assertThatThrownBy(() -> LsmOpenTest.open(root, SMALL_FILES)).isInstanceOf(CorruptionException.class)
                .hasMessageContaining(logs.get(0).getFileName().toString()).hasMessageContaining("missing");
    }
}
