// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sett.api.common.Capability;
import io.sett.api.common.StoreKind;
import io.sett.api.error.ConfigurationException;
import io.sett.api.error.DeadlineExceededException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.kv.KVStore;
import io.sett.api.sql.Rows;
import io.sett.api.sql.SQLStore;
import io.sett.api.sql.SqlTransaction;
import io.sett.engine.sqlite.internal.SqliteEngineProvider;
import io.sett.engine.sqlite.internal.db.Database;
import io.sett.engine.sqlite.internal.db.DatabaseOptions;
import io.sett.spi.Deadline;
import io.sett.spi.EngineContext;
import io.sett.spi.Engines;
import io.sett.spi.settings.EngineSettings;
import io.sett.testkit.ManualScheduler;
import io.sett.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each setting has the effect that its description tells. */
class OptionsTest {

    private static final String ENDLESS =
            "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n";

    @TempDir
    Path directory;

    private EngineContext context(Map<String, ?> settings) {
        return EngineContext.of("test", StoreKind.SQL, EngineSettings.of("test",
                new SqliteEngineProvider().schema(StoreKind.SQL), settings)).withDataRoot(directory);
    }

    /** What a pragma answers on the connection that writes and on one that reads. */
    private List<Long> pragma(String name, Map<String, ?> settings) {
        try (Database database = Database.open(DatabaseOptions.of(context(settings)), Clock.systemUTC())) {
            return List.of(database.exclusively(Deadline.none(), "test", session -> session.number("pragma " + name)),
                    database.reading(Deadline.none(), "test", session -> session.number("pragma " + name)));
        }
    }

    @Test
    void dbPathIsWhereTheFileIs() {
        Stores.sql(directory, Map.of("db_path", "a/b/c.db")).close();
        assertThat(directory.resolve("a/b/c.db")).exists();
        Path absolute = directory.resolve("elsewhere.db").toAbsolutePath();
        Stores.sql(directory.resolve("root"), Map.of("db_path", absolute.toString())).close();
        assertThat(absolute).exists();
    }

    @Test
    void maxOpenConnsBoundsReadersAndTheLastOneMoreWaits() {
        try (SQLStore store = Stores.sql(directory, Map.of("max_open_conns", 3, "busy_timeout", "50ms"))) {
            List<Stream<Long>> open = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                open.add(store.stream("select 1", Rows.asLong()));
            }
            DeadlineExceededException error = catchThrowableOfType(DeadlineExceededException.class,
                    () -> open.add(store.stream("select 1", Rows.asLong())));
            assertThat(error.code()).isEqualTo(ErrorCode.CONNECTION_POOL_EXHAUSTED);
            assertThat(error.retryable()).isTrue();
            assertThat(error.details()).containsEntry("limit", "3");
            open.forEach(Stream::close);
            assertThat(store.query("select 1", Rows.asLong())).containsExactly(1L);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void maxIdleConnsBoundsWhatIsKept(int most) {
        try (SQLStore store = Stores.sql(directory, Map.of("max_idle_conns", most))) {
            List<Stream<Long>> open = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                open.add(store.stream("select 1", Rows.asLong()));
            }
            open.forEach(Stream::close);
            assertThat(store.stats().idleConnections()).isEqualTo(most);
            assertThat(store.stats().activeConnections()).isZero();
        }
    }

    @Test
    void connMaxLifetimeReplacesConnectionsByTheClockOfTheStore() {
        TestClock clock = new TestClock();
        try (Database database = Database.open(DatabaseOptions.of(context(Map.of("conn_max_lifetime", "1h"))), clock)) {
            List<Object> seen = new ArrayList<>();
            for (int minutes : new int[] {0, 59, 2}) {
                clock.advance(Duration.ofMinutes(minutes));
                seen.add(database.reading(Deadline.none(), "test", session -> session.connection()));
            }
            assertThat(seen.get(1)).isSameAs(seen.get(0));
            assertThat(seen.get(2)).isNotSameAs(seen.get(0));
        }
    }

    @Test
    void txTimeoutEndsStatementsAndTransactions() {
        TestClock clock = new TestClock();
        try (SQLStore store = Stores.sql(directory, Map.of("tx_timeout", "50ms"), clock)) {
            assertThat(catchThrowableOfType(DeadlineExceededException.class,
                    () -> store.query(ENDLESS, Rows.asLong())).code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
            try (SqlTransaction open = store.begin()) {
                clock.advance(Duration.ofSeconds(1));
                assertThat(catchThrowableOfType(DeadlineExceededException.class, open::commit).code())
                        .isEqualTo(ErrorCode.TXN_TIMEOUT);
            }
        }
    }

    @Test
    void busyTimeoutIsHowLongWritersWait() {
        try (SQLStore store = Stores.sql(directory, Map.of("busy_timeout", "30ms"));
                SqlTransaction open = store.begin()) {
            assertThat(catchThrowableOfType(DeadlineExceededException.class, store::begin).code())
                    .isEqualTo(ErrorCode.RESOURCE_LOCK_TIMEOUT);
            assertThat(open.isActive()).isTrue();
        }
        assertThat(pragma("busy_timeout", Map.of("busy_timeout", "7s")).get(1)).isEqualTo(7000);
    }

    @Test
    void cacheSizeIsThatOfEachConnection() {
        assertThat(pragma("cache_size", Map.of("cache_size", -1234))).containsExactly(-1234L, -1234L);
    }

    @Test
    void pageSizeIsThatOfANewDatabase() {
        assertThat(pragma("page_size", Map.of("page_size", 8192))).containsExactly(8192L, 8192L);
        assertThat(pragma("page_size", Map.of("page_size", 1024))).as("an existing one keeps its own")
                .containsExactly(8192L, 8192L);
        assertThat(catchThrowableOfType(ConfigurationException.class, () -> context(Map.of("page_size", 5000))))
                .hasMessageContaining("page_size").hasMessageContaining("a power of two");
    }

    @ParameterizedTest
    @CsvSource({"off, 0", "normal, 1", "full, 2", "extra, 3"})
    void syncModeIsThatOfEachConnection(String mode, long number) {
        assertThat(pragma("synchronous", Map.of("sync_mode", mode))).containsExactly(number, number);
    }

    /** What the journal leaves beside the file while the store is open tells its kind; -1 is no file. */
    @ParameterizedTest
    @CsvSource({"wal, true, true, -1", "wal, false, false, -1", "delete, true, false, -1", "truncate, true, false, 0",
        "persist, false, false, 1"})
    void journalModeAndEnableWalChooseTheJournal(String mode, boolean enableWal, boolean wal, int journal)
            throws IOException {
        try (SQLStore store = Stores.sql(directory, Map.of("journal_mode", mode, "enable_wal", enableWal))) {
            store.execute("create table t (a)");
            store.execute("insert into t values (1)");
            assertThat(store.query("select a from t", Rows.asLong())).containsExactly(1L);
            assertThat(Files.exists(directory.resolve("store.db-wal"))).isEqualTo(wal);
            Path file = directory.resolve("store.db-journal");
            assertThat(Files.exists(file) ? Math.min(1, Files.size(file)) : -1).isEqualTo(journal);
        }
    }

    @ParameterizedTest
    @CsvSource({"1d, true", "0s, false"})
    void vacuumIntervalGivesFreePagesBack(String interval, boolean shrinks) {
        TestClock clock = new TestClock();
        ManualScheduler scheduler = new ManualScheduler(clock);
        try (SQLStore store = Engines.open(SQLStore.class, new SqliteEngineProvider(),
                context(Map.of("vacuum_interval", interval)).withClock(clock).withScheduler(scheduler))) {
            store.execute("create table t (a)");
            store.execute("insert into t values (zeroblob(1000000))");
            store.execute("delete from t");
            assertThat(store.queryOne("pragma freelist_count", Rows.asLong()).orElseThrow()).isGreaterThan(200);
            clock.advance(Duration.ofDays(2));
            long free = store.queryOne("pragma freelist_count", Rows.asLong()).orElseThrow();
            assertThat(free == 0).isEqualTo(shrinks);
        }
    }

    @Test
    void enableForeignKeysEnforcesThem() {
        String schema = "create table p (id integer primary key); create table c (p integer references p (id))";
        try (SQLStore store = Stores.sql(directory, Map.of("enable_foreign_keys", false))) {
            store.executeScript(schema);
            store.execute("insert into c values (7)");
            assertThat(store.integrityCheck()).singleElement().asString().contains("refers to a row of p");
            store.execute("delete from c");
        }
        try (SQLStore store = Stores.sql(directory, Map.of())) {
            assertThat(catchThrowableOfType(InvalidOperationException.class,
                    () -> store.execute("insert into c values (7)")).code()).isEqualTo(ErrorCode.SQL_CONSTRAINT);
        }
    }

    @ParameterizedTest
    @CsvSource({"true, 1MB, true", "false, 1MB, false", "true, 0B, false"})
    void enableQueryCacheAndItsSizeSwitchTheCache(boolean enabled, String size, boolean caches) {
        try (SQLStore store = Stores.sql(directory, Map.of("enable_query_cache", enabled, "query_cache_size", size))) {
            assertThat(store.supports(Capability.QUERY_CACHE)).isEqualTo(caches);
            store.query("select 1", Rows.asLong());
            store.query("select 1", Rows.asLong());
            assertThat(store.stats().cacheHits()).isEqualTo(caches ? 1 : 0);
        }
    }

    @ParameterizedTest
    @CsvSource({"true, 1000, true", "true, 1, false", "false, 1000, false"})
    void batchSizeAndItsSwitchBoundGroups(boolean enabled, int size, boolean groups) {
        try (KVStore kv = Stores.kv(directory, Map.of("enable_batch_optimization", enabled, "batch_size", size))) {
            kv.put(new byte[] {0}, new byte[0]);
            List<CompletableFuture<Long>> commits = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                var batch = kv.batchBegin();
                batch.put(new byte[] {1, (byte) i}, new byte[100]);
                commits.add(batch.writeAsync(io.sett.api.kv.WriteOptions.defaults()).toCompletableFuture());
            }
            commits.forEach(CompletableFuture::join);
            assertThat(kv.metrics().counter("commits_total")).isEqualTo(301);
            long made = kv.metrics().counter("commit_groups_total");
            assertThat(made < 301).isEqualTo(groups);
        }
    }
}
