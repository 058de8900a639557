// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.kv;

import static io.sett.testkit.Bytes.bytes;
import static io.sett.testkit.Bytes.number;
import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.common.Capability;
import io.sett.api.error.TransactionConflictException;
import io.sett.api.kv.Transaction;
import io.sett.api.kv.TransactionMode;
import io.sett.api.kv.TransactionOptions;
import io.sett.testkit.Parallel;
import io.sett.testkit.Theme;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Transactions that lock. */
@Theme("pessimistic")
public interface KVPessimisticTheme extends KVTheme {

    private boolean hasLocks() {
        if (offers(Capability.PESSIMISTIC_TRANSACTIONS)) {
            return true;
        }
        refuses(Capability.PESSIMISTIC_TRANSACTIONS, () -> store().transaction(locking()).close());
        return false;
    }

    private TransactionOptions locking() {
        return strictest().withMode(TransactionMode.PESSIMISTIC);
    }

    @Test
    default void aDeadlockIsBroken() {
        if (hasLocks()) {
            store().put(bytes("a"), number(0));
            store().put(bytes("b"), number(0));
            CyclicBarrier bothHoldOne = new CyclicBarrier(2);
            AtomicInteger committed = new AtomicInteger();
            AtomicInteger victims = new AtomicInteger();
            Parallel.run(2, thread -> {
                try (Transaction transaction = store().transaction(locking())) {
                    transaction.getForUpdate(bytes(thread == 0 ? "a" : "b"));
                    bothHoldOne.await();
                    transaction.getForUpdate(bytes(thread == 0 ? "b" : "a"));
                    put(transaction, "winner", "" + thread);
                    transaction.commit();
                    committed.incrementAndGet();
                } catch (TransactionConflictException victim) {
                    assertThat(victim.retryable()).isTrue();
                    victims.incrementAndGet();
                }
            });
            assertThat(victims.get()).as("victims of the deadlock").isOne();
            assertThat(committed.get()).as("the other one commits").isOne();
            assertThat(store().has(bytes("winner"))).isTrue();
        }
    }

    @Test
    default void aLockIsHeldUntilTheEnd() {
        if (hasLocks()) {
            store().put(bytes("n"), number(0));
            Parallel.run(4, thread -> {
                for (int i = 0; i < 25; i++) {
                    increment();
                }
            });
            assertThat(number(store().getOrThrow(bytes("n")))).isEqualTo(100);
        }
    }

    private void increment() {
        while (true) {
            try (Transaction transaction = store().transaction(locking())) {
                long value = number(transaction.getForUpdate(bytes("n")).orElseThrow());
                transaction.put(bytes("n"), number(value + 1));
                transaction.commit();
                return;
            } catch (TransactionConflictException again) {
                assertThat(again.retryable()).isTrue();
            }
        }
    }

    @Test
    default void locksEndWithRollbackAndClose() {
        if (hasLocks()) {
            Transaction first = store().transaction(locking());
            put(first, "a", "1");
            first.rollback();
            Transaction second = store().transaction(locking());
            put(second, "a", "2");
            second.close();
            try (Transaction third = store().transaction(locking())) {
                put(third, "a", "3");
                third.commit();
            }
            assertThat(content(store())).containsExactly("a=3");
        }
    }
}
