// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.kv.CursorOptions;
import io.sett.engine.lsm.internal.base.Bytes;
import io.sett.engine.lsm.internal.base.EntryKind;
import io.sett.engine.lsm.internal.base.InternalKey;
import io.sett.engine.lsm.internal.base.Seeds;
import io.sett.engine.lsm.internal.base.ValueCell;
import io.sett.engine.lsm.internal.memtable.Memtable;
import io.sett.engine.lsm.internal.vlog.ValueLog;
import io.sett.engine.lsm.internal.wal.LogBatch;
import io.sett.engine.lsm.internal.wal.LogWriter;
import io.sett.engine.lsm.internal.wal.SeparatedValue;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that are brought into memory before a cursor gets to them. */
class ReadAheadTest {

    private static final UUID STORE = new UUID(1, 2);
    private static final int KEYS = 1000;

    @TempDir
    Path directory;

    private final Memtable memtable = new Memtable(1);
    private LogWriter log;
    private ValueLog values;

    @BeforeEach
    void fill() {
        log = LogWriter.create(directory, STORE, 1, 0, true);
        for (int i = 0; i < KEYS; i++) {
            int version = i + 1;
            LogBatch batch = new LogBatch(64);
            if (i % 3 == 0) {
                batch.add(EntryKind.PUT, key(i), ValueCell.encode((byte) 0, 0, value(i)), 0, 101);
            } else {
                batch.separate(key(i), (byte) 0, 0, SeparatedValue.plain(value(i)));
            }
            log.add(version, batch);
            log.write(false);
            batch.forEach((kind, data, keyAt, keyLength, cellAt, cellLength) -> memtable.add(data, keyAt, keyLength,
                    InternalKey.trailer(version, kind), data, cellAt, cellLength));
        }
        values = new ValueLog(directory, STORE, true, 1);
    }

    @AfterEach
    void close() {
        values.close();
        log.close();
    }

    private static byte[] key(int number) {
        byte[] key = new byte[4];
        Bytes.putInt(key, 0, Integer.reverseBytes(number));
        return key;
    }

    private static byte[] value(int seed) {
        byte[] value = new byte[100];
        new Random(seed).nextBytes(value);
        return value;
    }

    private SnapshotCursor cursor(boolean reverse, long slowNanos, Executor executor) {
        return new SnapshotCursor(memtable.cursor(), KEYS, CursorOptions.defaults().withReverse(reverse), values,
                () -> 0, "test", () -> { }).readingAhead(new ReadAhead.Setting(values, executor, slowNanos), memtable::cursor);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSlowScanIsReadAheadToItsEndAndNoValueTwice(boolean reverse) {
        try (SnapshotCursor cursor = cursor(reverse, -1_000_000_000, Runnable::run)) {
            for (int i = 0; i < KEYS; i++) {
                assertThat(cursor.next()).isTrue();
                int number = reverse ? KEYS - 1 - i : i;
                assertThat(cursor.key()).isEqualTo(key(number));
                assertThat(cursor.value()).isEqualTo(value(number));
            }
            assertThat(cursor.next()).isFalse();
        }
        long apart = KEYS - (KEYS + 2) / 3;
        assertThat(values.touches()).isBetween(apart - 20, apart);
    }

    @Test
    void whatComesFromMemoryIsNotReadAhead() {
        try (SnapshotCursor cursor = cursor(false, Long.MAX_VALUE / 2, Runnable::run)) {
            while (cursor.next()) {
                assertThat(cursor.valueSlice().length()).isEqualTo(100);
            }
        }
        assertThat(values.touches()).isZero();
    }

    @Test
    void readingAheadStaysWithinTwoBatchesAndEndsWhenValuesAreNotWanted() {
        Deque<Runnable> tasks = new ArrayDeque<>();
        try (SnapshotCursor cursor = cursor(false, -1_000_000_000, tasks::add)) {
            for (int i = 0; i < 200; i++) {
                assertThat(cursor.next()).isTrue();
                assertThat(cursor.value()).isEqualTo(value(i));
            }
            // Nobody has touched anything yet, so it looks no further.
            assertThat(tasks).hasSizeLessThanOrEqualTo(8);
            tasks.forEach(Runnable::run);
            tasks.clear();
            long touched = values.touches();
            assertThat(touched).isBetween(1L, 2L * ReadAhead.BATCH);
            for (int i = 200; i < KEYS; i++) {
                assertThat(cursor.next()).isTrue();
                tasks.forEach(Runnable::run);
                tasks.clear();
            }
            assertThat(values.touches()).isLessThanOrEqualTo(touched + ReadAhead.BATCH);
        }
    }

    @Test
    void aClosedCursorTouchesNothingAnyMore() {
        Deque<Runnable> tasks = new ArrayDeque<>();
        try (SnapshotCursor cursor = cursor(false, -1_000_000_000, tasks::add)) {
            for (int i = 0; i < 50; i++) {
                assertThat(cursor.next()).isTrue();
                assertThat(cursor.value()).isEqualTo(value(i));
            }
        }
        assertThat(tasks).isNotEmpty();
        tasks.forEach(Runnable::run);
        assertThat(values.touches()).isZero();
    }

    @Test
    void randomMovesShowWhatTheyShowWithout() {
        long seed = Seeds.next();
        Random random = new Random(seed);
        try (SnapshotCursor ahead = cursor(false, -1_000_000_000, Runnable::run);
                SnapshotCursor plain = cursor(false, Long.MAX_VALUE / 2, Runnable::run)) {
            for (int i = 0; i < 20_000; i++) {
                int action = random.nextInt(100);
                byte[] key = key(random.nextInt(KEYS + 10));
                boolean one = action < 60 ? ahead.next() : action < 97 ? ahead.prev()
                        : action < 99 ? ahead.seek(key) : ahead.first();
                boolean other = action < 60 ? plain.next() : action < 97 ? plain.prev()
                        : action < 99 ? plain.seek(key) : plain.first();
                assertThat(one).as(Seeds.replay(seed)).isEqualTo(other);
                if (one && random.nextInt(3) > 0) {
                    assertThat(ahead.value()).as(Seeds.replay(seed)).isEqualTo(plain.value());
                }
            }
        }
        assertThat(values.touches()).as(Seeds.replay(seed)).isPositive();
    }
}
