// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sett.api.error.DeadlineExceededException;
import io.sett.api.error.ErrorCode;
import io.sett.api.sql.Rows;
import io.sett.api.sql.SQLStore;
import io.sett.api.sql.SqlStatement;
import io.sett.api.sql.SqlTransaction;
import io.sett.testkit.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When results of queries are kept and when they are forgotten. */
class QueryCacheTest {

    private final TestClock clock = new TestClock();

    @TempDir
    Path directory;

    private SQLStore store;

    @BeforeEach
    void open() {
        store = Stores.sql(directory, Map.of("query_cache_size", "64KB"), clock);
        store.executeScript("create table a (id integer primary key, v); create table b (id integer primary key, v);"
                + "create table log (x); create view av as select v from a;"
                + "create table child (id integer primary key, a integer references a (id) on delete cascade);"
                + "create trigger t after insert on b begin insert into log values (new.id); end;"
                + "insert into a values (1, 'one'); insert into child values (1, 1)");
    }

    @AfterEach
    void close() {
        store.close();
    }

    private boolean hits(String sql, Object... parameters) {
        long before = store.stats().cacheHits();
        store.query(sql, row -> row.value(0), parameters);
        return store.stats().cacheHits() > before;
    }

    @Test
    void theSecondSameQueryIsAnsweredByTheCache() {
        assertThat(hits("select v from a where id = ?", 1)).isFalse();
        assertThat(hits("select v from a where id = ?", 1)).isTrue();
        assertThat(hits("select v from a where id = ?", 2)).isFalse();
        assertThat(store.query("select v from a where id = ?", Rows.asString(), 1)).containsExactly("one");
        assertThat(store.stats().cacheBytes()).isPositive();
        assertThat(store.stats().cacheHitRate()).isBetween(0.4, 0.6);
    }

    @Test
    void aKeptResultNeedsNoConnection() {
        store.close();
        store = Stores.sql(directory, Map.of("max_open_conns", 1, "busy_timeout", "50ms"), clock);
        store.query("select v from a", Rows.asString());
        try (Stream<Long> whole = store.stream("select id from a", Rows.asLong())) {
            assertThat(store.query("select v from a", Rows.asString())).containsExactly("one");
            assertThat(catchThrowableOfType(DeadlineExceededException.class,
                    () -> store.query("select id, v from a", Rows.asLong())).code())
                    .isEqualTo(ErrorCode.CONNECTION_POOL_EXHAUSTED);
            assertThat(whole).containsExactly(1L);
        }
        assertThat(store.stats().cacheHits()).isEqualTo(1);
    }

    @Test
    void aWriteForgetsExactlyWhatReadItsTables() {
        hits("select v from a");
        hits("select v from b");
        store.execute("update a set v = 'two'");
        assertThat(hits("select v from b")).isTrue();
        assertThat(store.query("select v from a", Rows.asString())).containsExactly("two");
        assertThat(store.stats().cacheInvalidations()).isEqualTo(1);
    }

    @Test
    void triggersCascadesViewsAndJoinsCount() {
        for (String sql : List.of("select x from log", "select id from child", "select * from av",
                "select a.v from b join a on a.id = b.id")) {
            hits(sql);
            assertThat(hits(sql)).as(sql).isTrue();
        }
        store.execute("insert into b values (7, 'b')");
        assertThat(store.query("select x from log", Rows.asLong())).containsExactly(7L);
        assertThat(hits("select a.v from b join a on a.id = b.id")).isFalse();
        assertThat(hits("select * from av")).isTrue();
        store.execute("delete from a");
        assertThat(store.query("select id from child", Rows.asLong())).isEmpty();
        assertThat(store.query("select * from av", Rows.asString())).isEmpty();
    }

    @Test
    void transactionsBypassItUntilTheyCommit() {
        hits("select v from a");
        try (SqlTransaction tx = store.begin()) {
            tx.execute("update a set v = 'mine'");
            assertThat(tx.query("select v from a", Rows.asString())).containsExactly("mine");
            assertThat(hits("select v from a")).isTrue();
            assertThat(store.query("select v from a", Rows.asString())).containsExactly("one");
            tx.commit();
        }
        assertThat(store.query("select v from a", Rows.asString())).containsExactly("mine");
        try (SqlTransaction tx = store.begin()) {
            tx.execute("update a set v = 'never'");
        }
        assertThat(hits("select v from a")).isTrue();
    }

    @Test
    void whatMayDifferIsNotKept() {
        for (String sql : List.of("select random()", "select datetime('now')", "select current_timestamp",
                "select last_insert_rowid()", "select name from sqlite_schema", "select value from json_each('[1]')",
                "pragma user_version", "explain select 1")) {
            hits(sql);
            assertThat(hits(sql)).as(sql).isFalse();
        }
        SqlStatement not = SqlStatement.of("select v from a").withCacheable(false);
        store.query(not, Rows.asString());
        long hits = store.stats().cacheHits();
        store.query(not, Rows.asString());
        assertThat(store.stats().cacheHits()).isEqualTo(hits);
    }

    @Test
    void changesOfTheSchemaForgetEverything() {
        hits("select * from a");
        store.execute("alter table a add column w default 5");
        assertThat(store.query("select * from a", row -> row.columnNames())).containsExactly(List.of("id", "v", "w"));
        hits("select v from b");
        store.vacuum();
        assertThat(hits("select v from b")).isFalse();
        store.execute("insert into b values (1, 'x')");
        assertThat(store.query("select v from b", Rows.asString())).containsExactly("x");
    }

    @Test
    void resultsGrowOldAndAreBounded() {
        hits("select v from a");
        clock.advance(Duration.ofMinutes(4));
        assertThat(hits("select v from a")).isTrue();
        clock.advance(Duration.ofMinutes(2));
        assertThat(hits("select v from a")).isFalse();
        for (int i = 0; i < 500; i++) {
            hits("select ?, v from a", "x".repeat(500) + i);
            assertThat(store.stats().cacheBytes()).isLessThanOrEqualTo(64 << 10);
        }
        hits("select zeroblob(20000) from a");
        assertThat(hits("select zeroblob(20000) from a")).isFalse();
    }

    @Test
    void arraysBelongToTheCaller() {
        store.execute("insert into b values (1, x'0102')");
        byte[] mine = store.query("select v from b", Rows.asBytes()).get(0);
        mine[0] = 99;
        assertThat(store.query("select v from b", Rows.asBytes()).get(0)).containsExactly(1, 2);
        store.query("select v from b", Rows.asBytes()).get(0)[0] = 98;
        assertThat(store.query("select v from b", Rows.asBytes()).get(0)).containsExactly(1, 2);
    }

    @Test
    void readersNeverGoBackwards() throws Exception {
        store.execute("update a set v = 0");
        AtomicBoolean done = new AtomicBoolean();
        AtomicLong acknowledged = new AtomicLong();
        Thread writer = new Thread(() -> {
            for (long n = 1; n <= 500; n++) {
                store.execute("update a set v = ?", n);
                acknowledged.set(n);
            }
            done.set(true);
        });
        writer.start();
        long last = 0;
        while (!done.get()) {
            long atLeast = Math.max(last, acknowledged.get());
            last = store.query("select v from a", Rows.asLong()).get(0);
            assertThat(last).isGreaterThanOrEqualTo(atLeast);
        }
        writer.join();
        assertThat(store.query("select v from a", Rows.asLong())).containsExactly(500L);
    }
}
