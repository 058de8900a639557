// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sett.api.common.Capability;
import io.sett.api.error.ClosedException;
import io.sett.api.error.DeadlineExceededException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.error.StorageException;
import io.sett.api.sql.Rows;
import io.sett.api.sql.SQLStore;
import io.sett.api.sql.SqlTransaction;
import io.sett.api.sql.SqlTransactionOptions;
import io.sett.testkit.Parallel;
import io.sett.testkit.Stress;
import io.sett.testkit.Theme;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Transactions and many threads. */
@Theme("transactions")
public interface SqlTransactionTheme extends SqlTheme {

    @Test
    default void aTransactionIsVisibleAfterItsCommit() {
        createTable();
        try (SqlTransaction transaction = store().begin()) {
            insert(transaction, 1, "Ada", 1);
            assertThat(count(transaction)).as("it sees its own changes").isOne();
            assertThat(count(store())).as("others do not").isZero();
            transaction.commit();
            assertThat(transaction.isActive()).isFalse();
        }
        assertThat(names(store())).containsExactly("Ada");
    }

    @Test
    default void rollbackAndCloseDropEverything() {
        createTable();
        SqlTransaction transaction = store().begin();
        insert(transaction, 1, "Ada", 1);
        transaction.rollback();
        transaction.rollback();
        transaction.close();
        try (SqlTransaction forgotten = store().begin()) {
            insert(forgotten, 2, "Bob", 1);
        }
        assertThat(count(store())).isZero();
    }

    @Test
    default void anEndedTransactionRefusesEverything() {
        createTable();
        SqlTransaction transaction = store().begin();
        transaction.commit();
        for (Use use : new Use[] {() -> insert(transaction, 1, "x", 1), () -> count(transaction),
            transaction::commit, () -> transaction.executeScript("delete from t;")}) {
            failing(ClosedException.class, ErrorCode.TXN_DISCARDED, use);
        }
        transaction.rollback();
        transaction.close();
        assertThat(count(store())).isZero();
    }

    @Test
    default void aBodyCommitsWhenItReturnsAndRollsBackWhenItThrows() {
        createTable();
        store().run(transaction -> insert(transaction, 1, "Ada", 1));
        IllegalStateException own = new IllegalStateException("mine");
        InvalidOperationException error = failing(InvalidOperationException.class, ErrorCode.TRANSACTION_FAILED,
                () -> store().run(transaction -> {
                    insert(transaction, 2, "Bob", 1);
                    throw own;
                }));
        assertThat(error.getCause()).isSameAs(own);
        assertThat(names(store())).containsExactly("Ada");
    }

    @Test
    default void aFailedStatementLeavesTheTransactionUsable() {
        createTable();
        try (SqlTransaction transaction = store().begin()) {
            insert(transaction, 1, "Ada", 1);
            StorageException error = failing(StorageException.class, () -> insert(transaction, 1, "twice", 1));
            assertThat(error.code()).isEqualTo(ErrorCode.SQL_CONSTRAINT);
            insert(transaction, 2, "Bob", 1);
            transaction.commit();
        }
        assertThat(names(store())).containsExactly("Ada", "Bob");
    }

    @Test
    default void aReadOnlyTransactionSeesOneMomentAndRefusesWrites() {
        createTable();
        insert(store(), 1, "Ada", 1);
        try (SqlTransaction reader = store().begin(SqlTransactionOptions.defaults().withReadOnly(true))) {
            assertThat(count(reader)).isOne();
            insert(store(), 2, "Bob", 1);
            assertThat(count(reader)).isOne();
            failing(InvalidOperationException.class, ErrorCode.READ_ONLY_TXN, () -> insert(reader, 3, "x", 1));
        }
        assertThat(count(store())).isEqualTo(2);
    }

    @Test
    default void savepointsAreOfferedOrRefused() {
        createTable();
        try (SqlTransaction transaction = store().begin()) {
            if (!offers(Capability.SAVEPOINTS)) {
                refuses(Capability.SAVEPOINTS, () -> transaction.savepoint("a"));
                return;
            }
            insert(transaction, 1, "Ada", 1);
            transaction.savepoint("one");
            insert(transaction, 2, "Bob", 1);
            transaction.savepoint("two");
            insert(transaction, 3, "Cem", 1);
            transaction.rollbackTo("two");
            assertThat(count(transaction)).isEqualTo(2);
            transaction.rollbackTo("one");
            assertThat(count(transaction)).isOne();
            failing(InvalidOperationException.class, ErrorCode.INVALID_ARGUMENT, () -> transaction.rollbackTo("two"));
            insert(transaction, 4, "Dan", 1);
            transaction.release("one");
            failing(InvalidOperationException.class, ErrorCode.INVALID_ARGUMENT, () -> transaction.release("one"));
            failing(InvalidOperationException.class, ErrorCode.INVALID_NAME,
                    () -> transaction.savepoint("x; drop table t"));
            transaction.commit();
        }
        assertThat(names(store())).containsExactly("Ada", "Dan");
    }

    @Test
    default void aTransactionOverItsTimeoutIsRolledBack() {
        createTable();
        SqlTransactionOptions options = SqlTransactionOptions.defaults().withTimeout(Duration.ofMillis(50));
        try (SqlTransaction transaction = store().begin(options)) {
            catchThrowable(() -> insert(transaction, 1, "Ada", 1));
            long begun = System.nanoTime();
            while (System.nanoTime() - begun < 100_000_000) {
                Thread.onSpinWait();
            }
            advance(Duration.ofMinutes(1));
            failing(DeadlineExceededException.class, ErrorCode.TXN_TIMEOUT, transaction::commit);
        }
        assertThat(count(store())).isZero();
        insert(store(), 2, "works", 1);
        assertThat(names(store())).containsExactly("works");
    }

    @Test
    default void streamsEndWithTheirTransaction() {
        createTable();
        for (int i = 0; i < 100; i++) {
            insert(store(), i, "n" + i, i);
        }
        SqlTransaction transaction = store().begin();
        Stream<Long> stream = transaction.stream("select n from t order by id", Rows.asLong());
        var iterator = stream.iterator();
        iterator.next();
        transaction.commit();
        failing(ClosedException.class, () -> {
            while (iterator.hasNext()) {
                iterator.next();
            }
        });
        stream.close();
    }

    @Test
    default void manyWritersTakeTurnsAndLoseNothing() {
        createTable();
        insert(store(), 1, "counter", 0);
        SQLStore sql = store();
        int each = Stress.times(50, 1000);
        Parallel.run(8, thread -> {
            for (int i = 0; i < each; i++) {
                if (i % 2 == 0) {
                    sql.execute("update t set n = n + 1 where id = 1");
                } else {
                    sql.run(transaction -> {
                        long n = transaction.queryOne("select n from t where id = 1", Rows.asLong()).orElseThrow();
                        transaction.execute("update t set n = ? where id = 1", n + 1);
                    });
                }
            }
        });
        assertThat(sql.queryOne("select n from t where id = 1", Rows.asLong())).contains(8L * each);
    }

    @Test
    default void readersDoNotWaitForAnOpenWriter() {
        createTable();
        insert(store(), 1, "Ada", 1);
        try (SqlTransaction writer = store().begin()) {
            insert(writer, 2, "Bob", 1);
            Parallel.run(4, thread -> assertThat(count(store())).isOne());
            writer.commit();
        }
        assertThat(count(store())).isEqualTo(2);
    }

    @Test
    default void moneyIsNeitherMadeNorLost() {
        createTable();
        for (int i = 0; i < 8; i++) {
            insert(store(), i, "account", 100);
        }
        SQLStore sql = store();
        AtomicInteger running = new AtomicInteger(3);
        Parallel.run(5, thread -> {
            if (thread < 3) {
                java.util.Random random = new java.util.Random(thread);
                for (int i = 0; i < Stress.times(50, 2000); i++) {
                    int from = random.nextInt(8);
                    int to = random.nextInt(8);
                    sql.run(transaction -> {
                        transaction.execute("update t set n = n - 1 where id = ?", from);
                        transaction.execute("update t set n = n + 1 where id = ?", to);
                    });
                }
                running.decrementAndGet();
            } else {
                while (running.get() > 0) {
                    assertThat(sql.queryOne("select sum(n) from t", Rows.asLong())).contains(800L);
                }
            }
        });
        assertThat(sql.queryOne("select sum(n) from t", Rows.asLong())).contains(800L);
    }
}
