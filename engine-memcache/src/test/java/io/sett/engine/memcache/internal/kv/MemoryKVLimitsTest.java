// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.kv;

import static io.sett.engine.memcache.internal.kv.MemoryKV.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sett.api.common.Health;
import io.sett.api.common.KeyRange;
import io.sett.api.error.ClosedException;
import io.sett.api.error.DeadlineExceededException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.error.LimitExceededException;
import io.sett.api.error.StorageException;
import io.sett.api.error.TransactionConflictException;
import io.sett.api.event.EventType;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.CursorOptions;
import io.sett.api.kv.PutOptions;
import io.sett.api.kv.Snapshot;
import io.sett.api.kv.Transaction;
import io.sett.api.kv.TransactionOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryKVLimitsTest {

    private static ErrorCode code(Runnable call) {
        try {
            call.run();
        } catch (StorageException failure) {
            return failure.code();
        }
        throw new AssertionError("nothing was thrown");
    }

    @Test
    void aFullStoreRefusesWritesAndWorksOnAfterDeletes() {
        try (MemoryKV kv = new MemoryKV(Map.of("memory_limit", 200_000))) {
            byte[] value = new byte[1000];
            int stored = 0;
            LimitExceededException full = null;
            while (full == null) {
                try {
                    kv.store.put(bytes("k" + stored), value);
                    stored++;
                } catch (LimitExceededException refused) {
                    full = refused;
                }
            }
            assertThat(full.code()).isEqualTo(ErrorCode.MEMORY_EXHAUSTED);
            assertThat(full.retryable()).isTrue();
            assertThat(full.getMessage()).contains("200000").contains("memory_limit");
            assertThat(stored).isBetween(100, 200);
            assertThat(kv.store.size()).isLessThanOrEqualTo(200_000);
            assertThat(kv.store.health().status()).isEqualTo(Health.Status.DEGRADED);
            assertThat(kv.store.count(new byte[0])).isEqualTo(stored);
            for (int i = 0; i < 1000; i++) {
                kv.store.put(bytes("k" + i % stored), value);
            }
            assertThat(code(() -> kv.store.put(bytes("new"), value))).isEqualTo(ErrorCode.MEMORY_EXHAUSTED);
            for (int i = 0; i < stored; i++) {
                kv.store.delete(bytes("k" + i));
            }
            for (int i = 0; i < stored; i++) {
                kv.store.put(bytes("other" + i), value);
            }
            assertThat(kv.store.count(new byte[0])).isEqualTo(stored);
        }
    }

    @Test
    void whatASnapshotHoldsCountsAndIsFreedWithIt() {
        try (MemoryKV kv = new MemoryKV(Map.of("memory_limit", 100_000))) {
            try (Snapshot snapshot = kv.store.snapshot()) {
                assertThat(code(() -> {
                    for (int i = 0; i < 1000; i++) {
                        kv.store.put(bytes("k"), new byte[1000]);
                    }
                })).isEqualTo(ErrorCode.MEMORY_EXHAUSTED);
                assertThat(snapshot.has(bytes("k"))).isFalse();
                assertThat(kv.gauge("versions")).isGreaterThan(50);
            }
            assertThat(kv.gauge("versions")).isEqualTo(1);
            for (int i = 0; i < 1000; i++) {
                kv.store.put(bytes("k"), new byte[1000]);
            }
        }
    }

    @Test
    void expiredEntriesAreNeverReturnedAndSoonDropped() {
        try (MemoryKV kv = new MemoryKV()) {
            for (int i = 0; i < 10_000; i++) {
                kv.store.put(bytes("k" + i), bytes("v"), PutOptions.ttl(Duration.ofMillis(500)));
            }
            kv.put("stays", "v");
            kv.store.put(bytes("again"), bytes("1"), PutOptions.ttl(Duration.ofMillis(500)));
            kv.store.put(bytes("again"), bytes("2"), PutOptions.ttl(Duration.ofHours(1)));
            Cursor open = kv.store.iterate(new byte[0]);
            assertThat(open.next()).isTrue();
            kv.clock.advance(Duration.ofMillis(500));
            assertThat(kv.store.get(bytes("k7"))).isEmpty();
            assertThat(kv.store.count(bytes("k"))).isZero();
            assertThat(open.next()).isTrue();
            assertThat(open.key()).isEqualTo(bytes("stays"));
            open.close();
            assertThat(kv.gauge("keys")).isEqualTo(10_002);
            kv.clock.advance(Duration.ofSeconds(1));
            assertThat(kv.gauge("keys")).isEqualTo(2);
            assertThat(kv.store.metrics().counter("expired_total")).isEqualTo(10_000);
            assertThat(MemoryKV.content(kv.store)).containsExactly("again=2", "stays=v");
            assertThat(kv.scheduler.failures()).isEmpty();
        }
    }

    @Test
    void anOverwrittenTimeToLiveDoesNotUncoverTheOldValue() {
        try (MemoryKV kv = new MemoryKV()) {
            kv.put("k", "forever");
            try (Snapshot before = kv.store.snapshot()) {
                kv.store.put(bytes("k"), bytes("short"), PutOptions.ttl(Duration.ofSeconds(1)));
                kv.clock.advance(Duration.ofSeconds(5));
                assertThat(kv.store.get(bytes("k"))).isEmpty();
                assertThat(before.get(bytes("k"))).contains(bytes("forever"));
            }
            kv.clock.advance(Duration.ofSeconds(5));
            assertThat(kv.store.get(bytes("k"))).isEmpty();
            assertThat(kv.gauge("keys")).isZero();
        }
    }

    @Test
    void deletionsAreRememberedForAWhileAndThenAskedForInVain() {
        try (MemoryKV kv = new MemoryKV(Map.of("kept_deletions", 10))) {
            for (int i = 0; i < 30; i++) {
                kv.put("k" + i, "v");
            }
            long since = kv.store.version();
            kv.store.delete(bytes("k3"));
            kv.put("k4", "new");
            CursorOptions changes = CursorOptions.defaults().withSinceVersion(since);
            assertThat(MemoryKV.content(kv.store, changes)).containsExactly("k3 deleted", "k4=new");
            try (Cursor open = kv.store.cursor(changes)) {
                for (int i = 5; i < 25; i++) {
                    kv.store.delete(bytes("k" + i));
                }
                assertThat(open.next()).isTrue();
                assertThat(open.isDeletion()).isTrue();
                assertThat(kv.gauge("keys")).as("the open cursor keeps the deletions").isEqualTo(30);
            }
            kv.put("another", "commit");
            assertThat(kv.gauge("keys")).isEqualTo(30 + 1 - 11);
            assertThatThrownBy(() -> kv.store.cursor(changes)).isInstanceOf(InvalidOperationException.class)
                    .hasMessageContaining("kept_deletions");
            assertThat(MemoryKV.content(kv.store, CursorOptions.defaults().withSinceVersion(kv.store.version() - 2)))
                    .containsExactly("another=commit", "k24 deleted");
            assertThat(kv.gauge("open_handles")).isZero();
        }
    }

    @Test
    void aRangeIsDeletedInOneStep() {
        try (MemoryKV kv = new MemoryKV(); Transaction transaction = kv.store.transaction(false)) {
            for (int i = 0; i < 10; i++) {
                kv.put("k" + i, "v");
            }
            try (Snapshot before = kv.store.snapshot(); Transaction late = kv.store.transaction(false)) {
                late.get(bytes("k5"));
                late.put(bytes("x"), bytes("y"));
                long version = kv.store.version();
                kv.store.deleteRange(KeyRange.of(bytes("k3"), bytes("k8")));
                assertThat(kv.store.version()).isEqualTo(version + 1);
                assertThat(kv.store.count(new byte[0])).isEqualTo(5);
                assertThat(before.count(new byte[0])).isEqualTo(10);
                assertThatThrownBy(late::commit).isInstanceOf(TransactionConflictException.class);
            }
            assertThat(transaction.count(new byte[0])).isZero();
        }
    }

    @Test
    void overdueTransactionsLetGoOfTheirVersion() {
        try (MemoryKV kv = new MemoryKV(Map.of("transaction.transaction_timeout", "10s"))) {
            kv.put("k", "1");
            Transaction idle = kv.store.transaction(TransactionOptions.defaults().withTag("idle"));
            assertThat(idle.get(bytes("k"))).isPresent();
            kv.put("k", "2");
            assertThat(kv.gauge("versions")).isEqualTo(2);
            kv.clock.advance(Duration.ofSeconds(11));
            assertThat(kv.gauge("versions")).isEqualTo(1);
            assertThat(kv.gauge("oldest_version")).isEqualTo(2);
            assertThat(kv.gauge("open_handles")).isZero();
            assertThatThrownBy(idle::commit).isInstanceOf(DeadlineExceededException.class).hasMessageContaining("idle");
            idle.close();
            assertThat(kv.store.metrics().counter("transaction_timeouts_total")).isEqualTo(1);
        }
    }

    @Test
    void closingClosesAndReportsWhatWasLeftOpen() {
        MemoryKV kv = new MemoryKV();
        kv.put("a", "1");
        List<Runnable> uses = new ArrayList<>();
        Cursor cursor = kv.store.iterate(new byte[0]);
        cursor.next();
        uses.add(cursor::key);
        uses.add(cursor::next);
        Snapshot snapshot = kv.store.snapshot();
        uses.add(() -> snapshot.get(bytes("a")));
        Cursor ofSnapshot = snapshot.iterate(new byte[0]);
        uses.add(ofSnapshot::next);
        Transaction transaction = kv.store.transaction(false);
        uses.add(() -> transaction.get(bytes("a")));
        uses.add(transaction::commit);
        uses.add(() -> kv.store.get(bytes("a")));
        kv.close();
        kv.close();
        for (Runnable use : uses) {
            assertThat(code(use)).isEqualTo(ErrorCode.STORE_CLOSED);
        }
        assertThat(kv.events).filteredOn(event -> event.type() == EventType.LEAK).hasSize(3)
                .allMatch(event -> event.details().get("stack").contains("closingClosesAndReports"));
        cursor.close();
        snapshot.close();
        transaction.close();
        assertThat(kv.store.health().status()).isEqualTo(Health.Status.DOWN);
        assertThat(kv.budget.usedBytes()).isZero();
        assertThat(kv.store.metrics().counter("commits_total")).isEqualTo(1);
    }

    @Test
    void aClosedSnapshotClosesItsCursors() {
        try (MemoryKV kv = new MemoryKV()) {
            kv.put("a", "1");
            Snapshot snapshot = kv.store.snapshot();
            Cursor cursor = snapshot.iterate(new byte[0]);
            cursor.next();
            snapshot.close();
            snapshot.close();
            assertThatThrownBy(cursor::key).isInstanceOf(ClosedException.class);
            assertThat(code(() -> snapshot.get(bytes("a")))).isEqualTo(ErrorCode.SCOPE_ENDED);
            assertThat(kv.gauge("open_handles")).isZero();
        }
    }
}
