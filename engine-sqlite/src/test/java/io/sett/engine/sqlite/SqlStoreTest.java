// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sett.api.error.CancelledException;
import io.sett.api.error.ClosedException;
import io.sett.api.error.CorruptionException;
import io.sett.api.error.DeadlineExceededException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.error.OutOfSpaceException;
import io.sett.api.sql.Rows;
import io.sett.api.sql.SQLStore;
import io.sett.api.sql.SqlStatement;
import io.sett.api.sql.SqlTransaction;
import io.sett.api.sql.SqlTransactionOptions;
import io.sett.testkit.TestClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is particular to SQL stores on SQLite. */
@Timeout(120)
class SqlStoreTest {

    private static final String ENDLESS =
            "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n";

    @TempDir
    Path directory;

    @Test
    void sixteenWritersNeverSeeBusy() throws Exception {
        try (SQLStore store = Stores.sql(directory, Map.of())) {
            store.execute("create table counter (id integer primary key, n integer not null)");
            store.execute("insert into counter values (1, 0)");
            ExecutorService threads = Executors.newFixedThreadPool(16);
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                boolean inTransaction = i % 2 == 0;
                writers.add(threads.submit(() -> {
                    for (int n = 0; n < 50; n++) {
                        if (inTransaction) {
                            store.run(tx -> {
                                long now = tx.queryOne("select n from counter", Rows.asLong()).orElseThrow();
                                tx.execute("update counter set n = ?", now + 1);
                            });
                        } else {
                            store.execute("update counter set n = n + 1");
                        }
                    }
                }));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
            threads.shutdown();
            assertThat(store.queryOne("select n from counter", Rows.asLong())).contains(800L);
        }
    }

    @Test
    void hostileTextsStayTexts() {
        List<String> texts = List.of("'", "\"", "; drop table t; --", "a\0b", "\0", "", " ", "\uD83E\uDDA1", "%_\\",
                "'); delete from t; --", "\u202e", "NULL", "x'00'");
        try (SQLStore store = Stores.sql(directory, Map.of())) {
            store.execute("create table t (id integer primary key, v text)");
            for (String text : texts) {
                store.execute("insert into t (v) values (?)", text);
            }
            assertThat(store.query("select v from t order by id", Rows.asString())).isEqualTo(texts);
            for (String text : texts) {
                assertThat(store.query(SqlStatement.named("select v from t where v = :v", Map.of("v", text)),
                        Rows.asString())).containsExactly(text);
            }
        }
    }

    @Test
    void extensionsCannotBeLoaded() {
        try (SQLStore store = Stores.sql(directory, Map.of())) {
            InvalidOperationException error = catchThrowableOfType(InvalidOperationException.class,
                    () -> store.query("select load_extension('/tmp/x.so')", Rows.asString()));
            assertThat(error.code()).isEqualTo(ErrorCode.SQL_STATEMENT);
            assertThat(error).hasMessageContaining("not authorized");
        }
    }

    @Test
    void interruptionCancelsARunningStatement() throws Exception {
        try (SQLStore store = Stores.sql(directory, Map.of())) {
            Thread victim = Thread.currentThread();
            Thread killer = new Thread(() -> {
                while (store.stats().activeConnections() == 0) {
                    Thread.onSpinWait();
                }
                victim.interrupt();
            });
            killer.start();
            CancelledException error = catchThrowableOfType(CancelledException.class,
                    () -> store.query(SqlStatement.of(ENDLESS).withTimeout(Duration.ofMinutes(5)), Rows.asLong()));
            assertThat(Thread.interrupted()).isTrue();
            killer.join();
            assertThat(error).hasMessageContaining("interrupted");
            assertThat(store.queryOne("select 1", Rows.asLong())).contains(1L);
        }
    }

    @Test
    void aDeadlineStopsARunningStatement() {
        try (SQLStore store = Stores.sql(directory, Map.of())) {
            DeadlineExceededException error = catchThrowableOfType(DeadlineExceededException.class,
                    () -> store.withTimeout(Duration.ofMillis(50)).query(ENDLESS, Rows.asLong()));
            assertThat(error.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
            assertThat(error).hasMessageContaining("PT0.05S");
            assertThat(store.queryOne("select 1", Rows.asLong())).contains(1L);
        }
    }

    @Test
    void closingStopsARunningStatement() throws Exception {
        SQLStore store = Stores.sql(directory, Map.of());
        ExecutorService thread = Executors.newSingleThreadExecutor();
        Future<?> query = thread.submit(() -> catchThrowableOfType(ClosedException.class,
                () -> store.query(SqlStatement.of(ENDLESS).withTimeout(Duration.ofMinutes(5)), Rows.asLong())).code());
        while (store.stats().activeConnections() == 0) {
            Thread.onSpinWait();
        }
        store.close();
        store.close();
        assertThat(query.get()).isEqualTo(ErrorCode.STORE_CLOSED);
        thread.shutdown();
    }

    @Test
    void anExhaustedPoolSaysWhoHoldsIt() {
        try (SQLStore store = Stores.sql(directory, Map.of("max_open_conns", 1, "busy_timeout", "100ms"))) {
            try (Stream<Long> open = store.stream("values (1), (2)", Rows.asLong())) {
                DeadlineExceededException error = catchThrowableOfType(DeadlineExceededException.class,
                        () -> store.query("select 1", Rows.asLong()));
                assertThat(error.code()).isEqualTo(ErrorCode.CONNECTION_POOL_EXHAUSTED);
                assertThat(error).hasMessageContaining("all 1 (max_open_conns)").hasMessageContaining("stream (thread "
                        + Thread.currentThread().getName() + ", since ");
                assertThat(open).containsExactly(1L, 2L);
            }
            assertThat(store.query("select 1", Rows.asLong())).containsExactly(1L);
        }
    }

    @Test
    void aWriterThatWaitsTooLongLearnsForWhom() {
        try (SQLStore store = Stores.sql(directory, Map.of("busy_timeout", "50ms"));
                SqlTransaction open = store.begin()) {
            DeadlineExceededException error = catchThrowableOfType(DeadlineExceededException.class,
                    () -> store.execute("create table t (a)"));
            assertThat(error.code()).isEqualTo(ErrorCode.RESOURCE_LOCK_TIMEOUT);
            assertThat(error).hasMessageContaining("the turn of transaction 1 (thread ");
            assertThat(open.isActive()).isTrue();
        }
    }

    @Test
    void idleConnectionsAreBoundedAndOldOnesReplaced() {
        TestClock clock = new TestClock();
        try (SQLStore store = Stores.sql(directory, Map.of("max_idle_conns", 1, "conn_max_lifetime", "1h"), clock)) {
            try (Stream<Long> one = store.stream("select 1", Rows.asLong());
                    Stream<Long> two = store.stream("select 2", Rows.asLong());
                    Stream<Long> three = store.stream("select 3", Rows.asLong())) {
                assertThat(store.stats().activeConnections()).isEqualTo(3);
                assertThat(Stream.of(one, two, three).flatMap(rows -> rows)).containsExactly(1L, 2L, 3L);
            }
            assertThat(store.stats().idleConnections()).isEqualTo(1);
            clock.advance(Duration.ofHours(2));
            try (Stream<Long> one = store.stream("select 1", Rows.asLong())) {
                assertThat(store.stats().idleConnections()).isZero();
                assertThat(one).containsExactly(1L);
            }
        }
    }

    @Test
    void aSecondOpenerLearnsWhoHoldsTheFile() {
        try (SQLStore store = Stores.sql(directory, Map.of())) {
            DeadlineExceededException error =
                    catchThrowableOfType(DeadlineExceededException.class, () -> Stores.sql(directory, Map.of()));
            assertThat(error.code()).isEqualTo(ErrorCode.RESOURCE_LOCK_TIMEOUT);
            assertThat(error).hasMessageContaining("store 'test' of process " + ProcessHandle.current().pid())
                    .hasMessageContaining("store.db");
            assertThat(store.isOpen()).isTrue();
        }
        try (SQLStore again = Stores.sql(directory, Map.of())) {
            assertThat(again.isOpen()).isTrue();
        }
    }

    @Test
    void filesBelongToTheirOwner() throws Exception {
        try (SQLStore store = Stores.sql(directory, Map.of("db_path", "a/b/x.db"))) {
            store.execute("create table t (a)");
            for (String name : List.of("x.db", "x.db-wal", "x.db-shm", "x.db.lock")) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("a/b")
                        .resolve(name)))).as(name).isEqualTo("rw-------");
            }
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("a/b"))))
                    .isEqualTo("rwx------");
            assertThat(store.query("pragma journal_mode", Rows.asString())).containsExactly("wal");
        }
    }

    @Test
    void noDatabaseAtAllIsCorruption() throws Exception {
        Path file = directory.resolve("store.db");
        Files.writeString(file, "this is no database, but long enough to be looked at".repeat(40));
        CorruptionException error = catchThrowableOfType(CorruptionException.class, () -> Stores.sql(directory,
                Map.of()));
        assertThat(error).hasMessageContaining(file.toRealPath().toString());
        Files.delete(file);
        Stores.sql(directory, Map.of()).close();
        assertThat(file).exists();
    }

    @Test
    void aFullDiskIsToldAndReadsGoOn() throws Exception {
        try (SQLStore store = Stores.sql(directory, Map.of())) {
            store.execute("create table t (a)");
            store.execute("insert into t values (1)");
            limitPages(store, 20);
            OutOfSpaceException error = catchThrowableOfType(OutOfSpaceException.class,
                    () -> store.execute("insert into t values (zeroblob(1000000))"));
            assertThat(error.code()).isEqualTo(ErrorCode.INSUFFICIENT_DISK_SPACE);
            assertThat(store.query("select a from t", Rows.asLong())).containsExactly(1L);
            limitPages(store, 1_000_000);
            store.execute("insert into t values (zeroblob(1000000))");
            assertThat(store.query("select count(*) from t", Rows.asLong())).containsExactly(2L);
        }
    }

    private static void limitPages(SQLStore store, int pages) throws Exception {
        var core = store.getClass().getDeclaredField("core");
        core.setAccessible(true);
        var database = core.get(store).getClass().getDeclaredMethod("database");
        database.setAccessible(true);
        ((io.sett.engine.sqlite.internal.db.Database) database.invoke(core.get(store))).writer().session()
                .run("pragma max_page_count = " + pages);
    }

    @Test
    void constraintsAreTypedErrors() {
        try (SQLStore store = Stores.sql(directory, Map.of())) {
            store.executeScript("create table p (id integer primary key, n text not null unique);"
                    + "create table c (p integer references p (id))");
            store.execute("insert into p values (1, 'a')");
            for (String wrong : List.of("insert into p values (1, 'b')", "insert into p (n) values ('a')",
                    "insert into p (n) values (null)", "insert into c values (7)")) {
                InvalidOperationException error =
                        catchThrowableOfType(InvalidOperationException.class, () -> store.execute(wrong));
                assertThat(error.code()).as(wrong).isEqualTo(ErrorCode.SQL_CONSTRAINT);
                assertThat(error).hasMessageContaining(wrong);
            }
        }
    }

    @Test
    void manyRowsStreamInConstantMemory() {
        try (SQLStore store = Stores.sql(directory, Map.of())) {
            store.execute("create table t (id integer primary key, v blob)");
            store.batch("insert into t (v) values (zeroblob(?))", IntStream.range(0, 20_000).mapToObj(i -> List.of(
                    1000))
                    .toList());
            Runtime runtime = Runtime.getRuntime();
            System.gc();
            long before = runtime.totalMemory() - runtime.freeMemory();
            long[] most = new long[1];
            try (Stream<byte[]> rows = store.stream("select a.v from t a, (select 1 from t limit 20)",
                    Rows.asBytes())) {
                long count = rows.peek(row -> {
                    if (row.length != 1000) {
                        throw new AssertionError("length " + row.length);
                    }
                }).mapToLong(row -> {
                    if ((most[0]++ & 0xffff) == 0) {
                        System.gc();
                        long now = runtime.totalMemory() - runtime.freeMemory();
                        assertThat(now - before).isLessThan(100L << 20);
                    }
                    return 1;
                }).sum();
                assertThat(count).isEqualTo(400_000);
            }
        }
    }

    @Test
    void anOverdueTransactionFreesTheLane() {
        TestClock clock = new TestClock();
        try (SQLStore store = Stores.sql(directory, Map.of(), clock)) {
            store.execute("create table t (a)");
            try (SqlTransaction forgotten = store.begin(SqlTransactionOptions.defaults()
                    .withTimeout(Duration.ofSeconds(20)))) {
                forgotten.execute("insert into t values (1)");
                clock.advance(Duration.ofSeconds(30));
                store.execute("insert into t values (2)");
                DeadlineExceededException error = catchThrowableOfType(DeadlineExceededException.class,
                        () -> forgotten.execute("insert into t values (3)"));
                assertThat(error.code()).isEqualTo(ErrorCode.TXN_TIMEOUT);
            }
            assertThat(store.query("select a from t", Rows.asLong())).containsExactly(2L);
        }
    }

    @Test
    void aColumnAddedIsSeenByKnownStatements() {
        try (SQLStore store = Stores.sql(directory, Map.of())) {
            store.execute("create table t (a)");
            store.execute("insert into t values (1)");
            assertThat(store.query("select * from t", row -> row.columnNames())).containsExactly(List.of("a"));
            store.execute("alter table t add column b default 2");
            assertThat(store.query("select * from t", row -> row.columnNames())).containsExactly(List.of("a", "b"));
            try (SqlTransaction tx = store.begin()) {
                assertThat(tx.query("select * from t", row -> row.columnCount())).containsExactly(2);
                tx.execute("alter table t add column c");
                assertThat(tx.query("select * from t", row -> row.columnCount())).containsExactly(3);
            }
            assertThat(store.query("select * from t", row -> row.columnCount())).containsExactly(2);
        }
    }

    @Test
    void generatedKeysAreOnlyThoseMade() {
        try (SQLStore store = Stores.sql(directory, Map.of())) {
            store.executeScript("create table a (id integer primary key, v); create table b (k text primary key, v) "
                    + "without rowid");
            assertThat(store.update(SqlStatement.of("insert into a (v) values (1)")).generatedKeys()).containsExactly(
                    1L);
            assertThat(store.update(SqlStatement.of("insert into b values ('x', 1)")).generatedKeys()).isEmpty();
            assertThat(store.update(SqlStatement.of("update a set v = 2")).generatedKeys()).isEmpty();
            assertThat(store.query("insert into a (v) values (?) returning id, v", row -> row.getLong(0), 7))
                    .containsExactly(2L);
        }
    }

    @Test
    void dataSourceServesOtherLibraries() throws Exception {
        try (SQLStore store = Stores.sql(directory, Map.of())) {
            store.execute("create table t (a integer primary key, b)");
            store.execute("insert into t (b) values ('x')");
            assertThat(store.query("select b from t", Rows.asString())).containsExactly("x");
            DataSource source = store.unwrap(DataSource.class);
            try (Connection connection = source.getConnection(); Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.executeUpdate("update t set b = 'y'");
                connection.commit();
                connection.setAutoCommit(true);
                try (ResultSet result = statement.executeQuery("select b from t")) {
                    assertThat(result.next()).isTrue();
                    assertThat(result.getString(1)).isEqualTo("y");
                }
                assertThat(store.query("select b from t", Rows.asString())).containsExactly("y");
                statement.executeUpdate("update t set b = 'z'");
            }
            assertThat(store.query("select b from t", Rows.asString())).containsExactly("z");
        }
    }

    @Test
    void valuesThatCannotBeStoredAsTheyAreAreRefused() {
        try (SQLStore store = Stores.sql(directory, Map.of())) {
            for (Object wrong : List.of(Double.NaN, "\uD800", new Object(), Map.of())) {
                InvalidOperationException error = catchThrowableOfType(InvalidOperationException.class,
                        () -> store.query("select ?", Rows.asString(), wrong));
                assertThat(error.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
            }
            assertThat(store.query("select ? is null", Rows.asLong(), Optional.empty())).containsExactly(1L);
        }
    }

    @Test
    void backupWhileWritingShowsOneMomentAndRestores() throws Exception {
        Path backup = directory.resolve("backup.db");
        try (SQLStore store = Stores.sql(directory, Map.of())) {
            store.execute("create table t (a integer primary key, b blob)");
            for (int i = 0; i < 500; i++) {
                store.execute("insert into t (b) values (zeroblob(4000))");
            }
            CountDownLatch copying = new CountDownLatch(1);
            ExecutorService writer = Executors.newSingleThreadExecutor();
            Future<?> writes = writer.submit(() -> {
                copying.await();
                for (int i = 0; i < 20; i++) {
                    store.execute("insert into t (b) values (zeroblob(10))");
                }
                return true;
            });
            List<Long> done = new ArrayList<>();
            store.backup(backup, progress -> {
                done.add(progress.done());
                copying.countDown();
            });
            writes.get();
            writer.shutdown();
            assertThat(done).isSorted().hasSizeGreaterThan(1);
            assertThat(store.query("select count(*) from t", Rows.asLong())).containsExactly(520L);
            store.restore(backup);
            assertThat(store.query("select count(*) from t", Rows.asLong())).containsExactly(500L);
            assertThat(store.integrityCheck()).isEmpty();
            Files.write(backup, new byte[] {1, 2, 3}, java.nio.file.StandardOpenOption.TRUNCATE_EXISTING);
            CorruptionException error = catchThrowableOfType(CorruptionException.class, () -> store.restore(backup));
            assertThat(error.code()).isEqualTo(ErrorCode.BACKUP_CORRUPTED);
            assertThat(store.query("select count(*) from t", Rows.asLong())).containsExactly(500L);
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("store.db",
                    "store.db.lock", "backup.db");
        }
    }
}
