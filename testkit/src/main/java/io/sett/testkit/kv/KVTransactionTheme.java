// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.kv;

import static io.sett.testkit.Bytes.bytes;
import static io.sett.testkit.Bytes.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sett.api.common.Capability;
import io.sett.api.common.RetryPolicy;
import io.sett.api.error.ClosedException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.error.TransactionConflictException;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.CursorOptions;
import io.sett.api.kv.Isolation;
import io.sett.api.kv.Transaction;
import io.sett.api.kv.TransactionMode;
import io.sett.api.kv.TransactionOptions;
import io.sett.api.kv.TransactionSize;
import io.sett.api.kv.WriteOptions;
import io.sett.testkit.Theme;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Transactions, one at a time or in turns within one thread. */
@Theme("transaction")
public interface KVTransactionTheme extends KVTheme {

    @Test
    default void aTransactionSeesItsOwnWritesAndNobodyElseDoes() {
        fill("a", "old", "d", "gone soon");
        try (Transaction transaction = begin()) {
            put(transaction, "a", "new");
            put(transaction, "b", "2");
            transaction.delete(bytes("d"));
            assertThat(content(transaction)).containsExactly("a=new", "b=2");
            assertThat(get(transaction, "a")).contains("new");
            assertThat(transaction.has(bytes("d"))).isFalse();
            assertThat(transaction.count(new byte[0])).isEqualTo(2);
            assertThat(content(store())).containsExactly("a=old", "d=gone soon");
            transaction.commit();
        }
        assertThat(content(store())).containsExactly("a=new", "b=2");
    }

    @Test
    default void commitAnswersWithTheVersion() {
        fill("x", "1");
        try (Transaction transaction = begin()) {
            assertThat(transaction.readVersion()).isEqualTo(store().version());
            put(transaction, "a", "1");
            put(transaction, "b", "1");
            long version = transaction.commit();
            assertThat(version).isEqualTo(store().version()).isGreaterThan(transaction.readVersion());
            assertThat(store().entry(bytes("a")).orElseThrow().version()).isEqualTo(version);
            assertThat(store().entry(bytes("b")).orElseThrow().version()).isEqualTo(version);
        }
    }

    @Test
    default void aCommitWithoutWritesAnswersWithTheReadVersion() {
        fill("a", "1");
        long before = store().version();
        try (Transaction transaction = begin()) {
            get(transaction, "a");
            assertThat(transaction.commit()).isEqualTo(before);
        }
        assertThat(store().version()).isEqualTo(before);
    }

    @Test
    default void rollbackForgetsEverything() {
        fill("a", "1");
        Transaction transaction = begin();
        put(transaction, "a", "2");
        put(transaction, "b", "2");
        transaction.rollback();
        transaction.rollback();
        transaction.close();
        assertThat(content(store())).containsExactly("a=1");
        assertThat(transaction.isActive()).isFalse();
    }

    @Test
    default void closingRollsBack() {
        try (Transaction transaction = begin()) {
            put(transaction, "a", "1");
        }
        assertThat(content(store())).isEmpty();
    }

    @Test
    default void rollbackAfterCommitDoesNothing() {
        Transaction transaction = begin();
        put(transaction, "a", "1");
        transaction.commit();
        transaction.rollback();
        transaction.close();
        assertThat(content(store())).containsExactly("a=1");
    }

    @Test
    default void anEndedTransactionRefusesEverything() {
        fill("a", "1");
        Transaction committed = begin();
        committed.commit();
        Transaction rolledBack = begin();
        rolledBack.rollback();
        for (Transaction ended : new Transaction[] {committed, rolledBack}) {
            assertThat(ended.isActive()).isFalse();
            for (Use use : new Use[] {() -> ended.get(bytes("a")), () -> ended.has(bytes("a")),
                () -> put(ended, "a", "2"), () -> ended.delete(bytes("a")), () -> ended.iterate(new byte[0]),
                () -> ended.getForUpdate(bytes("a")), ended::commit,
                () -> ended.read(bytes("a"), slice -> 1)}) {
                failing(ClosedException.class, ErrorCode.TXN_DISCARDED, use);
            }
            ended.close();
        }
        assertThat(content(store())).containsExactly("a=1");
    }

    @Test
    default void aReadOnlyTransactionRefusesWrites() {
        fill("a", "1");
        try (Transaction transaction = beginReading()) {
            failing(InvalidOperationException.class, ErrorCode.READ_ONLY_TXN, () -> put(transaction, "a", "2"));
            failing(InvalidOperationException.class, ErrorCode.READ_ONLY_TXN, () -> transaction.delete(bytes("a")));
            assertThat(get(transaction, "a")).contains("1");
            assertThat(transaction.options().readOnly()).isTrue();
            transaction.commit();
        }
        assertThat(content(store())).containsExactly("a=1");
    }

    @Test
    default void readsShowOneMoment() {
        fill("a", "1", "b", "1", "d", "1");
        try (Transaction transaction = beginReading()) {
            fill("a", "2", "c", "2");
            store().delete(bytes("d"));
            assertThat(content(transaction)).containsExactly("a=1", "b=1", "d=1");
            assertThat(get(transaction, "a")).contains("1");
            assertThat(get(transaction, "c")).isEmpty();
            assertThat(transaction.has(bytes("d"))).isTrue();
            assertThat(text(transaction.getMany(java.util.List.of(bytes("a"))).get(0))).contains("1");
        }
        assertThat(content(store())).containsExactly("a=2", "b=1", "c=2");
    }

    @Test
    default void twoWritersOfAKeyConflict() {
        fill("a", "0");
        try (Transaction one = begin(); Transaction two = begin()) {
            get(one, "a");
            get(two, "a");
            put(one, "a", "1");
            one.commit();
            TransactionConflictException conflict = failing(TransactionConflictException.class, () -> {
                put(two, "a", "2");
                two.commit();
            });
            assertThat(conflict.retryable()).isTrue();
            assertThat(conflict.outcomeUnknown()).isFalse();
        }
        assertThat(content(store())).containsExactly("a=1");
    }

    @Test
    default void transactionsOnDifferentKeysDoNotConflict() {
        try (Transaction one = begin(); Transaction two = begin()) {
            get(one, "a");
            put(one, "a", "1");
            get(two, "b");
            put(two, "b", "2");
            one.commit();
            two.commit();
        }
        assertThat(content(store())).containsExactly("a=1", "b=2");
    }

    @Test
    default void aReaderNeverConflicts() {
        fill("a", "0");
        try (Transaction reader = beginReading()) {
            get(reader, "a");
            fill("a", "1");
            assertThat(get(reader, "a")).contains("0");
            reader.commit();
        }
    }

    @Test
    default void aPlainPutConflictsWithATransaction() {
        fill("a", "0");
        try (Transaction transaction = begin()) {
            get(transaction, "a");
            fill("a", "1");
            failing(TransactionConflictException.class, () -> {
                put(transaction, "a", "2");
                transaction.commit();
            });
        }
        assertThat(content(store())).containsExactly("a=1");
    }

    @Test
    default void getForUpdateNoticesChangesAtEveryLevel() {
        for (Isolation level : levels()) {
            fill("read", "0");
            try (Transaction transaction = store().transaction(TransactionOptions.defaults().withIsolation(level))) {
                assertThat(text(transaction.getForUpdate(bytes("read")))).contains("0");
                fill("read", "1");
                failing(TransactionConflictException.class, () -> {
                    put(transaction, "other", "2");
                    transaction.commit();
                });
            }
            assertThat(get(store(), "other")).as("level %s", level).isEmpty();
        }
    }

    @Test
    default void computeReplacesAValue() {
        fill("a", "1", "d", "1");
        try (Transaction transaction = begin()) {
            transaction.compute(bytes("a"), value -> Optional.of(bytes(text(value).orElse("") + "+")));
            transaction.compute(bytes("n"), value -> Optional.of(bytes("new")));
            transaction.compute(bytes("d"), value -> Optional.empty());
            transaction.commit();
        }
        assertThat(content(store())).containsExactly("a=1+", "n=new");
    }

    @Test
    default void aTransactionsCursorMergesItsWrites() {
        fillKeys("a", "c", "e", "g");
        try (Transaction transaction = begin()) {
            put(transaction, "b", "mine");
            put(transaction, "c", "mine");
            transaction.delete(bytes("e"));
            put(transaction, "z", "mine");
            try (Cursor forward = transaction.iterate(new byte[0]);
                    Cursor reverse = transaction.cursor(CursorOptions.defaults().withReverse(true))) {
                assertThat(keys(forward)).containsExactly("a", "b", "c", "g", "z");
                assertThat(keys(reverse)).containsExactly("z", "g", "c", "b", "a");
                assertThat(forward.seek(bytes("c"))).isTrue();
                assertThat(forward.value()).isEqualTo(bytes("mine"));
                assertThat(forward.version()).as("the version of a transaction's own write").isZero();
                assertThat(forward.seek(bytes("d"))).isTrue();
                assertThat(forward.key()).isEqualTo(bytes("g"));
                assertThat(forward.prev()).isTrue();
                assertThat(forward.key()).isEqualTo(bytes("c"));
            }
        }
    }

    @Test
    default void aCursorDoesNotSeeWhatItsTransactionWritesLater() {
        fillKeys("a", "c");
        try (Transaction transaction = begin(); Cursor cursor = transaction.iterate(new byte[0])) {
            assertThat(cursor.next()).isTrue();
            put(transaction, "b", "late");
            transaction.delete(bytes("c"));
            assertThat(keys(cursor)).containsExactly("c");
            try (Cursor later = transaction.iterate(new byte[0])) {
                assertThat(keys(later)).containsExactly("a", "b");
            }
        }
    }

    @Test
    default void theSizeOfATransactionIsKnown() {
        try (Transaction transaction = begin()) {
            assertThat(transaction.size().operations()).isZero();
            put(transaction, "key", "value");
            TransactionSize size = transaction.size();
            assertThat(size.operations()).isOne();
            assertThat(size.bytes()).isGreaterThanOrEqualTo(8);
            assertThat(size.maxBytes()).isEqualTo(store().limits().maxTransactionBytes());
            assertThat(size.maxOperations()).isEqualTo(store().limits().maxTransactionOperations());
            assertThat(size.isNearLimit()).isFalse();
        }
    }

    @Test
    default void optionsAndIdsAreKept() {
        TransactionOptions options = strictest().withTag("audit");
        try (Transaction one = store().transaction(options); Transaction two = store().transaction(options)) {
            assertThat(one.options()).isEqualTo(options);
            assertThat(one.id()).isNotEqualTo(two.id());
            assertThat(one.isActive()).isTrue();
        }
    }

    @Test
    default void anExceptionInUpdateRollsBackAndArrivesAsItIs() {
        IllegalStateException own = new IllegalStateException("mine");
        Throwable thrown = catchThrowable(() -> store().update(strictest(), RetryPolicy.defaults(),
                WriteOptions.defaults(), transaction -> {
                    put(transaction, "a", "1");
                    throw own;
                }));
        assertThat(thrown).isSameAs(own);
        assertThat(content(store())).isEmpty();
    }

    @Test
    default void updateRepeatsAConflictingBody() {
        fill("a", "0");
        int[] runs = new int[1];
        String result = store().update(strictest(), RetryPolicy.defaults(), WriteOptions.defaults(), transaction -> {
            String seen = get(transaction, "a").orElse("-");
            if (runs[0]++ == 0) {
                fill("a", "changed");
            }
            put(transaction, "a", seen + "!");
            return seen;
        });
        assertThat(runs[0]).isEqualTo(2);
        assertThat(result).isEqualTo("changed");
        assertThat(content(store())).containsExactly("a=changed!");
    }

    @Test
    default void updateWithoutRetriesPassesTheConflictOn() {
        fill("a", "0");
        failing(TransactionConflictException.class, () -> store().update(strictest(), RetryPolicy.never(),
                WriteOptions.defaults(), transaction -> {
                    get(transaction, "a");
                    fill("a", "1");
                    put(transaction, "a", "2");
                    return true;
                }));
        assertThat(content(store())).containsExactly("a=1");
    }

    @Test
    default void aBodyMayCommitItself() {
        store().update(strictest(), RetryPolicy.defaults(), WriteOptions.defaults(), transaction -> {
            put(transaction, "a", "1");
            return transaction.commit();
        });
        assertThat(content(store())).containsExactly("a=1");
    }

    @Test
    default void serializableIsOfferedOrRefused() {
        if (!offers(Capability.SERIALIZABLE)) {
            refuses(Capability.SERIALIZABLE, () -> store()
                    .transaction(TransactionOptions.defaults().withIsolation(Isolation.SERIALIZABLE)).close());
            return;
        }
        String seen = store().view(transaction -> get(transaction, "a").orElse("nothing"));
        assertThat(seen).isEqualTo("nothing");
        store().execute(transaction -> put(transaction, "a", "1"));
        assertThat(content(store())).containsExactly("a=1");
    }

    @Test
    default void pessimisticModeIsOfferedOrRefused() {
        TransactionOptions options = strictest().withMode(TransactionMode.PESSIMISTIC);
        if (!offers(Capability.PESSIMISTIC_TRANSACTIONS)) {
            refuses(Capability.PESSIMISTIC_TRANSACTIONS, () -> store().transaction(options).close());
            return;
        }
        try (Transaction transaction = store().transaction(options)) {
            assertThat(transaction.getForUpdate(bytes("a"))).isEmpty();
            put(transaction, "a", "1");
            transaction.commit();
        }
        assertThat(content(store())).containsExactly("a=1");
    }

    @Test
    default void commitAsyncEndsWithTheVersionOrTheConflict() {
        fill("a", "0");
        try (Transaction one = begin(); Transaction two = begin()) {
            get(one, "a");
            get(two, "a");
            put(one, "a", "1");
            if (!offers(Capability.ASYNC_COMMIT)) {
                refuses(Capability.ASYNC_COMMIT, () -> one.commitAsync(WriteOptions.defaults()));
                return;
            }
            put(two, "a", "2");
            CompletionStage<Long> first = one.commitAsync(WriteOptions.defaults());
            failing(ClosedException.class, ErrorCode.TXN_DISCARDED, () -> put(one, "b", "late"));
            assertThat(first.toCompletableFuture().join()).isEqualTo(store().version());
            Throwable thrown = catchThrowable(
                    () -> two.commitAsync(WriteOptions.defaults()).toCompletableFuture().join());
            assertThat(thrown).isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(TransactionConflictException.class);
        }
        assertThat(content(store())).containsExactly("a=1");
    }

    @Test
    default void aRefusedArgumentLeavesTheTransactionUsable() {
        try (Transaction transaction = begin()) {
            put(transaction, "a", "1");
            failing(InvalidOperationException.class, ErrorCode.INVALID_ARGUMENT,
                    () -> transaction.put(new byte[0], bytes("v")));
            assertThat(transaction.isActive()).isTrue();
            transaction.commit();
        }
        assertThat(content(store())).containsExactly("a=1");
    }
}
