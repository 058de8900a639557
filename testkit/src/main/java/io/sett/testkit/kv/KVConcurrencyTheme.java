// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.kv;

import static io.sett.testkit.Bytes.bytes;
import static io.sett.testkit.Bytes.number;
import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.common.Capability;
import io.sett.api.common.RetryPolicy;
import io.sett.api.error.ClosedException;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.KVStore;
import io.sett.api.kv.Transaction;
import io.sett.api.kv.WriteOptions;
import io.sett.testkit.Parallel;
import io.sett.testkit.Stress;
import io.sett.testkit.Theme;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Many threads at once. */
@Theme("concurrency")
public interface KVConcurrencyTheme extends KVTheme {

    private <T> T update(Function<Transaction, T> body) {
        return store().update(strictest(), RetryPolicy.defaults().withMaxAttempts(100_000), WriteOptions.defaults(),
                body);
    }

    @Test
    default void incrementsOfManyThreadsAddUp() {
        KVStore store = store();
        int each = Stress.times(200, 10_000);
        Parallel.run(16, thread -> {
            for (int i = 0; i < each; i++) {
                store.increment(bytes("n"), 1);
            }
        });
        assertThat(number(store.getOrThrow(bytes("n")))).isEqualTo(16L * each);
    }

    @Test
    default void updatesOfManyThreadsAreNotLost() {
        store().put(bytes("list"), new byte[0]);
        int each = Stress.times(20, 500);
        Parallel.run(8, thread -> {
            for (int i = 0; i < each; i++) {
                String mark = thread + "." + i + " ";
                update(transaction -> {
                    put(transaction, "list", get(transaction, "list").orElseThrow() + mark);
                    return true;
                });
            }
        });
        List<String> marks = List.of(get(store(), "list").orElseThrow().strip().split(" "));
        assertThat(marks).as("updates that were lost or made twice").hasSize(8 * each).doesNotHaveDuplicates();
    }

    @Test
    default void moneyIsNeitherMadeNorLost() {
        int accounts = 10;
        for (int i = 0; i < accounts; i++) {
            store().put(bytes("account" + i), number(100));
        }
        AtomicInteger running = new AtomicInteger(4);
        Parallel.run(6, thread -> {
            if (thread < 4) {
                Random random = new Random(thread);
                for (int i = 0; i < Stress.times(100, 5000); i++) {
                    transfer(random.nextInt(accounts), random.nextInt(accounts), random.nextInt(20));
                }
                running.decrementAndGet();
            } else {
                while (running.get() > 0) {
                    assertThat(total()).as("the sum of all accounts within one transaction").isEqualTo(accounts * 100L);
                }
            }
        });
        assertThat(total()).isEqualTo(accounts * 100L);
    }

    private void transfer(int from, int to, int amount) {
        update(transaction -> {
            long left = number(transaction.getOrThrow(bytes("account" + from))) - amount;
            if (from != to && left >= 0) {
                transaction.put(bytes("account" + from), number(left));
                transaction.put(bytes("account" + to),
                        number(number(transaction.getOrThrow(bytes("account" + to))) + amount));
            }
            return true;
        });
    }

    private long total() {
        long sum = 0;
        try (Transaction transaction = beginReading(); Cursor cursor = transaction.iterate(bytes("account"))) {
            while (cursor.next()) {
                sum += number(cursor.value());
            }
        }
        return sum;
    }

    @Test
    default void writersOfDifferentKeysDoNotDisturbEachOther() {
        KVStore store = store();
        Parallel.run(8, thread -> {
            for (int i = 0; i < 300; i++) {
                store.put(bytes(thread + "/" + i), bytes("v" + i));
                if (i % 3 == 0) {
                    store.delete(bytes(thread + "/" + i));
                }
                assertThat(store.has(bytes(thread + "/" + i))).isEqualTo(i % 3 != 0);
            }
        });
        for (int thread = 0; thread < 8; thread++) {
            assertThat(store.count(bytes(thread + "/"))).isEqualTo(200);
        }
    }

    @Test
    default void ofManyWhoPutIfAbsentOneWins() {
        KVStore store = store();
        for (int round = 0; round < 20; round++) {
            byte[] key = bytes("round" + round);
            AtomicInteger winners = new AtomicInteger();
            Parallel.run(4, thread -> {
                Optional<byte[]> before = store.putIfAbsent(key, bytes("thread" + thread));
                winners.addAndGet(before.isEmpty() ? 1 : 0);
            });
            assertThat(winners.get()).isOne();
        }
    }

    @Test
    default void commitVersionsAreUniqueAndOrdered() {
        KVStore store = store();
        Set<Long> versions = ConcurrentHashMap.newKeySet();
        AtomicLong commits = new AtomicLong();
        Parallel.run(8, thread -> {
            long last = 0;
            for (int i = 0; i < 100; i++) {
                try (var batch = store.batchBegin()) {
                    batch.put(bytes(thread + "." + i), bytes("v"));
                    long version = batch.write();
                    assertThat(version).as("versions of one thread grow").isGreaterThan(last);
                    last = version;
                    assertThat(versions.add(version)).as("version %d was given twice", version).isTrue();
                    commits.incrementAndGet();
                }
            }
        });
        assertThat(new HashSet<>(versions)).hasSize((int) commits.get());
        assertThat(store.version()).isGreaterThanOrEqualTo(commits.get());
    }

    @Test
    default void whatWasAcknowledgedIsSeenByEverybody() {
        KVStore store = store();
        AtomicLong acknowledged = new AtomicLong(-1);
        int writes = Stress.times(1000, 50_000);
        Parallel.run(3, thread -> {
            if (thread == 0) {
                for (long i = 0; i < writes; i++) {
                    store.put(bytes("n"), number(i));
                    acknowledged.set(i);
                }
            } else {
                for (long known = -1; known < writes - 1; known = acknowledged.get()) {
                    long before = acknowledged.get();
                    long seen = store.get(bytes("n")).map(value -> number(value)).orElse(-1L);
                    assertThat(seen).as("an acknowledged write was not seen").isGreaterThanOrEqualTo(before);
                }
            }
        });
    }

    @Test
    default void getManyShowsOneMoment() {
        if (!offers(Capability.SNAPSHOTS)) {
            refuses(Capability.SNAPSHOTS, () -> store().snapshot().close());
            return;
        }
        KVStore store = store();
        fill("a", "0", "b", "0");
        AtomicInteger running = new AtomicInteger(1);
        Parallel.run(3, thread -> {
            if (thread == 0) {
                try (var batch = store.batchBegin()) {
                    for (int i = 1; i <= 500; i++) {
                        put(batch, "a", "" + i);
                        put(batch, "b", "" + i);
                        batch.write();
                    }
                } finally {
                    running.decrementAndGet();
                }
            } else {
                while (running.get() > 0) {
                    List<Optional<byte[]>> both = store.getMany(List.of(bytes("a"), bytes("b")));
                    assertThat(both.get(0).orElseThrow()).as("getMany saw half of a batch")
                            .isEqualTo(both.get(1).orElseThrow());
                }
            }
        });
    }

    @Test
    default void closingWhileOthersWorkHarmsNobody() {
        for (int round = 0; round < 5; round++) {
            KVStore store = fixture().openElsewhere();
            CountDownLatch work = new CountDownLatch(200);
            Parallel.run(5, thread -> {
                if (thread == 0) {
                    work.await();
                    store.close();
                    return;
                }
                try {
                    for (int i = 0;; i++) {
                        work.countDown();
                        byte[] key = bytes(thread + "." + i % 100);
                        store.put(key, number(i));
                        assertThat(number(store.getOrThrow(key))).isEqualTo(i);
                        store.increment(bytes("n" + thread), 1);
                        store.count(bytes(thread + ".1"));
                    }
                } catch (ClosedException expected) {
                    assertThat(store.isOpen()).isFalse();
                }
            });
        }
    }
}
