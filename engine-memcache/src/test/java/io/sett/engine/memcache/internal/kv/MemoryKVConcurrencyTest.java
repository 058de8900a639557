// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.kv;

import static io.sett.engine.memcache.internal.kv.MemoryKV.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.common.RetryPolicy;
import io.sett.api.error.ClosedException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.StorageException;
import io.sett.api.error.TransactionConflictException;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.Isolation;
import io.sett.api.kv.Snapshot;
import io.sett.api.kv.Transaction;
import io.sett.api.kv.TransactionOptions;
import io.sett.api.kv.VerifyLevel;
import io.sett.api.kv.WriteOptions;
import io.sett.testkit.Parallel;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemoryKVConcurrencyTest {

    private final MemoryKV kv = new MemoryKV();

    @AfterEach
    void nothingIsLeftBehind() {
        assertThat(kv.gauge("open_handles")).isZero();
        assertThat(kv.gauge("open_transactions")).isZero();
        kv.store.maintenance().garbageCollect();
        assertThat(kv.gauge("versions")).as("nobody reads old versions any more").isEqualTo(kv.gauge("keys"));
        kv.close();
    }

    private static byte[] number(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    private static long number(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getLong();
    }

    @Test
    void sixteenThreadsIncrementInOneStep() {
        Parallel.run(16, thread -> {
            for (int i = 0; i < 2000; i++) {
                kv.store.increment(bytes("n"), 1);
            }
        });
        assertThat(number(kv.store.getOrThrow(bytes("n")))).isEqualTo(32_000);
        assertThat(kv.store.version()).isEqualTo(32_000);
    }

    @Test
    void sixteenThreadsIncrementInTransactions() {
        for (Isolation isolation : Isolation.values()) {
            kv.store.put(bytes("n"), number(0));
            TransactionOptions options = TransactionOptions.defaults().withIsolation(isolation);
            Parallel.run(16, thread -> {
                for (int i = 0; i < 200; i++) {
                    kv.store.update(options, RetryPolicy.defaults(), WriteOptions.defaults(), transaction -> {
                        long next = number(isolation == Isolation.READ_COMMITTED
                                ? transaction.getForUpdate(bytes("n")).orElseThrow()
                                : transaction.getOrThrow(bytes("n"))) + 1;
                        transaction.put(bytes("n"), number(next));
                        return next;
                    });
                }
            });
            assertThat(number(kv.store.getOrThrow(bytes("n")))).as(isolation.name()).isEqualTo(3200);
        }
    }

    @Test
    void transfersKeepTheSumInEverySnapshot() {
        int accounts = 20;
        for (int i = 0; i < accounts; i++) {
            kv.store.put(bytes("account" + (char) ('a' + i)), number(100));
        }
        AtomicInteger running = new AtomicInteger(6);
        Parallel.run(8, thread -> {
            Random random = new Random(thread);
            if (thread < 6) {
                try {
                    for (int i = 0; i < 1500; i++) {
                        transfer(random, accounts);
                    }
                } finally {
                    running.decrementAndGet();
                }
                return;
            }
            while (running.get() > 0) {
                try (Snapshot snapshot = kv.store.snapshot(); Cursor cursor = snapshot.iterate(bytes("account"))) {
                    long sum = 0;
                    while (cursor.next()) {
                        sum += number(cursor.value());
                    }
                    assertThat(sum).isEqualTo(100L * accounts);
                }
                try (Cursor cursor = kv.store.iterate(bytes("account"))) {
                    long sum = 0;
                    for (boolean more = cursor.last(); more; more = cursor.prev()) {
                        sum += number(cursor.value());
                    }
                    assertThat(sum).isEqualTo(100L * accounts);
                }
            }
        });
    }

    private void transfer(Random random, int accounts) {
        byte[] from = bytes("account" + (char) ('a' + random.nextInt(accounts)));
        byte[] to = bytes("account" + (char) ('a' + random.nextInt(accounts)));
        kv.store.execute(transaction -> {
            transaction.put(from, number(number(transaction.getOrThrow(from)) - 1));
            transaction.put(to, number(number(transaction.getOrThrow(to)) + 1));
        });
    }

    @Test
    void aKeyThatIsOverwrittenAllTheTimeIsAlwaysThere() {
        kv.put("k", "0");
        AtomicBoolean done = new AtomicBoolean();
        Parallel.run(4, thread -> {
            if (thread == 0) {
                try {
                    for (int i = 0; i < 100_000; i++) {
                        kv.put("k", "" + i);
                    }
                } finally {
                    done.set(true);
                }
                return;
            }
            while (!done.get()) {
                assertThat(kv.store.get(bytes("k"))).isPresent();
            }
        });
        assertThat(kv.gauge("versions")).isEqualTo(1);
    }

    @Test
    void aTransactionUsedByManyThreadsHarmsNobody() {
        for (int round = 0; round < 50; round++) {
            try (Transaction shared = kv.store.transaction(false)) {
                Parallel.run(4, thread -> misuse(shared, thread));
            }
            assertThat(kv.store.maintenance().verify(VerifyLevel.FULL).problems()).isEmpty();
            assertThat(kv.gauge("open_handles")).isZero();
        }
    }

    private void misuse(Transaction shared, int thread) {
        for (int i = 0; i < 100; i++) {
            byte[] key = bytes("k" + i % 7 + thread);
            try (Cursor cursor = shared.iterate(new byte[0])) {
                shared.put(key, bytes("v"));
                cursor.next();
                shared.get(key);
                shared.delete(bytes("k" + i % 5));
                if (i == 90 + thread) {
                    shared.commit();
                }
            } catch (StorageException refused) {
                assertThat(refused.code()).isIn(ErrorCode.INVALID_ARGUMENT, ErrorCode.TXN_DISCARDED);
            }
        }
    }

    @Test
    void snapshotsThatAreClosedWhileReadNeverShowTheWrongMoment() {
        for (int round = 0; round < 300; round++) {
            kv.put("k", "old");
            Snapshot snapshot = kv.store.snapshot();
            Parallel.run(3, thread -> {
                if (thread == 0) {
                    kv.put("k", "new");
                } else if (thread == 1) {
                    snapshot.close();
                } else {
                    try {
                        for (int i = 0; i < 100; i++) {
                            assertThat(snapshot.get(bytes("k"))).contains(bytes("old"));
                        }
                    } catch (ClosedException closed) {
                        assertThat(closed.code()).isEqualTo(ErrorCode.SCOPE_ENDED);
                    }
                }
            });
        }
    }

    @Test
    void aLongReaderSeesConstantData() {
        for (int i = 0; i < 100; i++) {
            kv.put("k" + i, "old");
        }
        try (Transaction reader = kv.store.transaction(true)) {
            for (int i = 0; i < 20_000; i++) {
                kv.put("k" + i % 150, "new");
                if (i % 150 == 149) {
                    kv.store.delete(bytes("k" + i % 97));
                }
            }
            assertThat(reader.count(bytes("k"))).isEqualTo(100);
            assertThat(MemoryKV.content(reader)).hasSize(100).allMatch(entry -> entry.endsWith("=old"));
        }
    }

    @Test
    void writeSkewIsPossibleAtSnapshotOnly() {
        assertThat(doctorsOnCall(Isolation.SNAPSHOT)).isZero();
        assertThat(doctorsOnCall(Isolation.SERIALIZABLE)).isEqualTo(1);
    }

    /** Two doctors go home, each seeing that the other stays; how many stay? */
    private long doctorsOnCall(Isolation isolation) {
        kv.put("on call: ann", "");
        kv.put("on call: bob", "");
        TransactionOptions options = TransactionOptions.defaults().withIsolation(isolation);
        try (Transaction ann = kv.store.transaction(options); Transaction bob = kv.store.transaction(options)) {
            if (ann.count(bytes("on call")) == 2) {
                ann.delete(bytes("on call: ann"));
            }
            if (bob.count(bytes("on call")) == 2) {
                bob.delete(bytes("on call: bob"));
            }
            ann.commit();
            try {
                bob.commit();
            } catch (TransactionConflictException conflict) {
                assertThat(conflict.retryable()).isTrue();
            }
        }
        return kv.store.count(bytes("on call"));
    }

    @Test
    void phantomsConflictAtSerializable() {
        try (Transaction transaction = kv.store.transaction(false)) {
            assertThat(transaction.count(bytes("booking:"))).isZero();
            transaction.put(bytes("free"), bytes("yes"));
            kv.put("booking:1", "room");
            org.assertj.core.api.Assertions.assertThatThrownBy(transaction::commit)
                    .isInstanceOf(TransactionConflictException.class).hasMessageContaining("range");
        }
        try (Transaction transaction = kv.store.transaction(false)) {
            assertThat(transaction.count(bytes("other:"))).isZero();
            transaction.put(bytes("free"), bytes("yes"));
            kv.put("booking:2", "room");
            transaction.commit();
        }
        assertThat(kv.store.has(bytes("free"))).isTrue();
    }
}
