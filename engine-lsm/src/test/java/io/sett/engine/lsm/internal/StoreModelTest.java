// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.common.KeyRange;
import io.sett.api.common.ProgressListener;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.CursorOptions;
import io.sett.api.kv.KVBatch;
import io.sett.api.kv.KVReader;
import io.sett.api.kv.PutOptions;
import io.sett.api.kv.Snapshot;
import io.sett.engine.lsm.internal.base.Seeds;
import io.sett.engine.lsm.internal.compaction.LevelInvariants;
import io.sett.engine.lsm.internal.version.Version;
import io.sett.testkit.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One random history on stores with different options, with flushes, compactions, reopening, snapshots and times to
 * live in between: each answers as a sorted map does. In the stress profile millions of operations.
 */
@Timeout(value = 4, unit = TimeUnit.HOURS)
class StoreModelTest {

    private static final Map<String, Object> QUIET = Map.of("maintenance.metrics_enabled", false,
            "maintenance.health_check_enabled", false);
    private static final List<Map<String, Object>> OPTIONS = List.of(
            Map.of("value_threshold", "1MB"),
            Map.of("compression_type", "snappy", "block_size", 4096, "memory_mapping", false, "max_open_files", 3,
                    "maintenance.num_compaction_workers", 1, "value_threshold", "1MB"),
            Map.of("value_threshold", 16, "value_log_file_size", 65536),
            Map.of("maintenance.auto_compaction", false, "filter_false_positives", 0.5),
            Map.of("base_level_size", 8192, "level_size_multiplier", 2, "base_table_size", 4096,
                    "maintenance.num_compaction_workers", 4, "block_cache_size", 65536, "value_threshold", 64));
    private static final Duration TTL = Duration.ofMinutes(30);

    @TempDir
    Path root;

    /** A value and when it expires, 0 for never. */
    private record Value(byte[] bytes, long expiresAt) {
    }

    private final NavigableMap<byte[], Value> model = new TreeMap<>(Arrays::compareUnsigned);
    private final List<Side> sides = new ArrayList<>();
    private final List<NavigableMap<byte[], Value>> frozen = new ArrayList<>();
    private Random random;
    private String hint;

    /** A store and its snapshots, in the order of {@link #frozen}. */
    private final class Side {

        private final Path home;
        private final Map<String, Object> options;
        private final List<Snapshot> snapshots = new ArrayList<>();
        private StoreUnderTest test;

        private Side(int number) {
            home = root.resolve("store" + number);
            options = new HashMap<>(QUIET);
            options.putAll(OPTIONS.get(number));
            test = new StoreUnderTest(home, options);
        }

        private void reopen() {
            Duration passed = Duration.between(TestClock.START, test.clock.instant());
            snapshots.forEach(Snapshot::close);
            snapshots.clear();
            test.close();
            test = new StoreUnderTest(home, options);
            test.clock.advance(passed);
        }
    }

    @Test
    void allOptionsAnswerAsASortedMap() {
        long seed = Seeds.next();
        random = new Random(seed);
        int steps = Boolean.getBoolean("sett.stress") ? 100_000 : 600;
        for (int i = 0; i < OPTIONS.size(); i++) {
            sides.add(new Side(i));
        }
        for (int step = 0; step < steps; step++) {
            hint = Seeds.replay(seed) + " step " + step;
            step(random.nextInt(100));
        }
        checkAll(model, sides.stream().map(side -> (KVReader) side.test.store).toList());
        sides.forEach(side -> side.test.store.maintenance().compact());
        checkAll(model, sides.stream().map(side -> (KVReader) side.test.store).toList());
        for (Side side : sides) {
            checkLevels(side);
            assertThat(side.test.counter("flushes_total")).as(hint).isPositive();
            assertThat(side.test.counter("compactions_total")).as(hint).isPositive();
            side.snapshots.forEach(Snapshot::close);
            side.test.close();
        }
    }

    private void step(int action) {
        if (action < 45) {
            batch();
        } else if (action < 50) {
            expiring();
        } else if (action < 53) {
            deleteRange();
        } else if (action < 75) {
            gets();
        } else if (action < 82) {
            scan(model, sides.stream().map(side -> (KVReader) side.test.store).toList());
        } else if (action < 86) {
            takeSnapshot();
        } else if (action < 92) {
            checkSnapshot();
        } else if (action < 96) {
            closeSnapshot();
        } else if (action < 97) {
            Duration passes = Duration.ofSeconds(random.nextInt(2400));
            sides.forEach(side -> side.test.clock.advance(passes));
        } else if (action < 98) {
            compact();
        } else {
            sometimes();
        }
    }

    private byte[] key() {
        return Seeds.key(random, 4);
    }

    private long now() {
        return sides.get(0).test.clock.millis();
    }

    private void batch() {
        List<KVBatch> batches = sides.stream().map(side -> side.test.store.batchBegin()).toList();
        for (int i = random.nextInt(60); i >= 0; i--) {
            byte[] key = key();
            if (random.nextInt(3) == 0) {
                batches.forEach(batch -> batch.delete(key));
                model.remove(key);
            } else {
                byte[] value = Seeds.bytes(random, random.nextInt(200));
                batches.forEach(batch -> batch.put(key, value));
                model.put(key, new Value(value, 0));
            }
        }
        for (KVBatch batch : batches) {
            batch.write();
            batch.close();
        }
    }

    private void expiring() {
        byte[] key = key();
        byte[] value = Seeds.bytes(random, random.nextInt(100));
        sides.forEach(side -> side.test.store.put(key, value, PutOptions.ttl(TTL)));
        model.put(key, new Value(value, now() + TTL.toMillis()));
    }

    private void deleteRange() {
        byte[] start = key();
        byte[] end = Arrays.copyOf(start, start.length + 1);
        end[start.length - random.nextInt(2) * (start.length > 1 ? 1 : 0)] = (byte) 0xff;
        if (Arrays.compareUnsigned(start, end) >= 0) {
            return;
        }
        sides.forEach(side -> side.test.store.deleteRange(KeyRange.of(start, end)));
        model.subMap(start, end).clear();
    }

    private byte[] expected(NavigableMap<byte[], Value> from, byte[] key) {
        Value value = from.get(key);
        return value == null || value.expiresAt != 0 && value.expiresAt <= now() ? null : value.bytes;
    }

    private void gets() {
        for (int i = 0; i < 10; i++) {
            byte[] key = key();
            byte[] expected = expected(model, key);
            for (Side side : sides) {
                assertThat(side.test.store.get(key).orElse(null)).as("%s key %s", hint, Arrays.toString(key))
                        .isEqualTo(expected);
            }
        }
    }

    private void scan(NavigableMap<byte[], Value> from, List<KVReader> readers) {
        byte[] start = key();
        boolean reverse = random.nextBoolean();
        NavigableMap<byte[], Value> part = from.tailMap(start, true);
        CursorOptions options = CursorOptions.of(KeyRange.atLeast(start)).withReverse(reverse);
        compare(reverse ? part.descendingMap() : part, readers, options, 50);
    }

    private void checkAll(NavigableMap<byte[], Value> from, List<KVReader> readers) {
        compare(from, readers, CursorOptions.defaults(), Integer.MAX_VALUE);
    }

    private void compare(NavigableMap<byte[], Value> from, List<KVReader> readers, CursorOptions options, int limit) {
        for (KVReader reader : readers) {
            try (Cursor cursor = reader.cursor(options)) {
                int left = limit;
                for (Map.Entry<byte[], Value> entry : from.entrySet()) {
                    if (expected(from, entry.getKey()) == null) {
                        continue;
                    }
                    if (--left < 0) {
                        break;
                    }
                    assertThat(cursor.next()).as("%s: %s is missing", hint, Arrays.toString(entry.getKey())).isTrue();
                    assertThat(cursor.key()).as(hint).isEqualTo(entry.getKey());
                    assertThat(cursor.value()).as(hint).isEqualTo(entry.getValue().bytes);
                }
                assertThat(left < 0 || !cursor.next()).as("%s: nothing more", hint).isTrue();
            }
        }
    }

    private void takeSnapshot() {
        if (frozen.size() < 4) {
            NavigableMap<byte[], Value> copy = new TreeMap<>(Arrays::compareUnsigned);
            copy.putAll(model);
            frozen.add(copy);
            sides.forEach(side -> side.snapshots.add(side.test.store.snapshot()));
        }
    }

    private void checkSnapshot() {
        if (!frozen.isEmpty()) {
            int which = random.nextInt(frozen.size());
            scan(frozen.get(which), sides.stream().map(side -> (KVReader) side.snapshots.get(which)).toList());
        }
    }

    private void closeSnapshot() {
        if (!frozen.isEmpty()) {
            frozen.remove(0);
            sides.forEach(side -> side.snapshots.remove(0).close());
        }
    }

    private void compact() {
        byte[] from = key();
        for (Side side : sides) {
            if (random.nextBoolean()) {
                side.test.store.maintenance().compact(KeyRange.atLeast(from), ProgressListener.NONE);
            } else {
                side.test.store.maintenance().flatten(ProgressListener.NONE);
            }
        }
    }

    /** What costs most: reopening, and reading every table. */
    private void sometimes() {
        Side side = sides.get(random.nextInt(sides.size()));
        if (random.nextInt(3) > 0) {
            checkLevels(side);
            return;
        }
        frozen.clear();
        for (Side other : sides) {
            other.snapshots.forEach(Snapshot::close);
            other.snapshots.clear();
        }
        side.reopen();
    }

    private void checkLevels(Side side) {
        Version version = side.test.parts.versions().acquire();
        try {
            LevelInvariants.check(version, side.test.parts.tables(), hint);
        } finally {
            version.release();
        }
    }
}
