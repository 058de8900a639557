// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.common.Capability;
import io.sett.api.common.Health;
import io.sett.api.error.ClosedException;
import io.sett.api.error.ConfigurationException;
import io.sett.api.error.CorruptionException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.FormatVersionException;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.error.KeyNotFoundException;
import io.sett.api.error.StorageException;
import io.sett.api.error.UnsupportedFeatureException;
import io.sett.api.event.EventType;
import io.sett.api.sql.Rows;
import io.sett.api.sql.SQLStore;
import io.sett.api.sql.SqlMigration;
import io.sett.api.sql.SqlMigrationResult;
import io.sett.api.sql.SqlStats;
import io.sett.api.sql.SqlTransaction;
import io.sett.spi.HandleTracker;
import io.sett.testkit.StoreFixture;
import io.sett.testkit.Theme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reopening, migration, backup, statistics, close, leaks. */
@Theme("operations, close")
public interface SqlOperationsTheme extends SqlTheme {

    @Test
    default void everythingIsThereAfterReopening() {
        createTable();
        insert(store(), 1, "Ada", 1);
        try (SqlTransaction open = store().begin()) {
            insert(open, 2, "Bob", 1);
        }
        boolean persistent = offers(Capability.PERSISTENT);
        fixture().reopen();
        if (persistent) {
            assertThat(names(store())).containsExactly("Ada");
        } else {
            StorageException gone = failing(StorageException.class, () -> names(store()));
            assertThat(gone.code()).isEqualTo(ErrorCode.SQL_STATEMENT);
        }
    }

    @Test
    default void migrationsRunOnceInOrder() {
        List<SqlMigration> first = List.of(SqlMigration.script(1, "people", "create table p (id integer);"),
                SqlMigration.script(3, "a person", "insert into p values (7);"));
        assertThat(store().schemaVersion()).isZero();
        assertThat(store().migrate(first)).isEqualTo(new SqlMigrationResult(0, 3, List.of(1, 3)));
        assertThat(store().migrate(first)).isEqualTo(new SqlMigrationResult(3, 3, List.of()));
        List<SqlMigration> broken = List.of(first.get(0), first.get(1),
                SqlMigration.script(4, "good", "insert into p values (8);"),
                SqlMigration.script(5, "bad", "insert into p values (9); insert into nowhere values (1);"));
        failing(StorageException.class, () -> store().migrate(broken));
        assertThat(store().schemaVersion()).as("the steps before the failing one are done").isEqualTo(4);
        assertThat(store().query("select id from p order by id", Rows.asLong())).containsExactly(7L, 8L);
        failing(FormatVersionException.class, () -> store().migrate(first));
        failing(InvalidOperationException.class, ErrorCode.INVALID_ARGUMENT,
                () -> store().migrate(List.of(first.get(1), first.get(0))));
    }

    @Test
    default void stepsThatRanStayAsTheyAre() {
        SqlMigration one = SqlMigration.script(1, "people", "create table p (id integer);");
        SqlMigration three = SqlMigration.script(3, "a person", "insert into p values (7);");
        store().migrate(List.of(one, three));
        SqlMigration changed = SqlMigration.script(3, "a person", "insert into p values (8);");
        SqlMigration next = SqlMigration.script(4, "next", "insert into p values (9);");
        assertThat(failing(FormatVersionException.class, ErrorCode.FORMAT_VERSION,
                () -> store().migrate(List.of(one, changed, next)))).hasMessageContaining("changed");
        failing(FormatVersionException.class, () -> store().migrate(List.of(three, next)));
        failing(FormatVersionException.class, () -> store().migrate(List.of(one, SqlMigration.script(2, "between",
                "delete from p;"), three, next)));
        assertThat(store().schemaVersion()).as("nothing ran").isEqualTo(3);
        SqlMigration reformatted = SqlMigration.script(3, "a person", "\r\ninsert into p values (7);\n ");
        assertThat(store().migrate(List.of(one, reformatted, next)).applied()).containsExactly(4);
        assertThat(store().query("select id from p order by id", Rows.asLong())).containsExactly(7L, 9L);
    }

    @Test
    default void backupsAreOfferedOrRefused() throws IOException {
        createTable();
        insert(store(), 1, "Ada", 1);
        Path file = fixture().newDirectory().resolve("backup.db");
        if (!offers(Capability.BACKUP)) {
            refuses(Capability.BACKUP, () -> store().backup(file), () -> store().restore(file));
            return;
        }
        failing(KeyNotFoundException.class, ErrorCode.FILE_NOT_FOUND, () -> store().restore(file));
        assertThat(store().backup(file).bytes()).isEqualTo(Files.size(file));
        failing(InvalidOperationException.class, ErrorCode.FILE_ALREADY_EXISTS, () -> store().backup(file));
        insert(store(), 2, "Bob", 1);
        store().restore(file);
        assertThat(names(store())).containsExactly("Ada");
        Files.write(file, new byte[] {1, 2, 3});
        failing(CorruptionException.class, ErrorCode.BACKUP_CORRUPTED, () -> store().restore(file));
        assertThat(names(store())).as("a damaged backup changes nothing").containsExactly("Ada");
        insert(store(), 3, "works", 1);
    }

    @Test
    default void maintenanceChangesNoContent() {
        createTable();
        for (int i = 0; i < 200; i++) {
            insert(store(), i, "name" + i, i);
        }
        store().execute("delete from t where id % 2 = 0");
        store().vacuum();
        store().analyze();
        assertThat(store().integrityCheck()).isEmpty();
        store().clearQueryCache();
        assertThat(count(store())).isEqualTo(100);
    }

    @Test
    default void cachedResultsFollowWrites() {
        createTable();
        for (int i = 0; i < 20; i++) {
            insert(store(), i, "n" + i, i);
            assertThat(count(store())).as("after insert number %d", i).isEqualTo(i + 1);
            assertThat(count(store())).isEqualTo(i + 1);
        }
        try (SqlTransaction transaction = store().begin()) {
            transaction.execute("delete from t");
            assertThat(count(store())).isEqualTo(20);
            assertThat(count(transaction)).isZero();
            transaction.rollback();
        }
        assertThat(count(store())).isEqualTo(20);
        SqlStats stats = store().stats();
        if (!offers(Capability.QUERY_CACHE)) {
            assertThat(stats.cacheHits()).as("an engine without QUERY_CACHE caches nothing").isZero();
            noteRefused(Capability.QUERY_CACHE);
        }
    }

    @Test
    default void countersAreExact() {
        createTable();
        SqlStats before = store().stats();
        insert(store(), 1, "Ada", 1);
        insert(store(), 2, "Bob", 1);
        names(store());
        failing(StorageException.class, () -> store().execute("insert into nowhere values (1)"));
        SqlStats after = store().stats();
        assertThat(after.updates() - before.updates()).isGreaterThanOrEqualTo(2);
        assertThat(after.queries() - before.queries()).isOne();
        assertThat(after.rowsRead() - before.rowsRead()).isEqualTo(2);
        assertThat(after.rowsChanged() - before.rowsChanged()).isEqualTo(2);
        assertThat(after.failures() - before.failures()).isOne();
        assertThat(store().metrics().counters()).isNotEmpty();
        assertThat(store().health().status()).isEqualTo(Health.Status.UP);
    }

    @Test
    default void aClosedStoreRefusesEverything() {
        createTable();
        insert(store(), 1, "Ada", 1);
        SQLStore sql = store();
        SqlTransaction transaction = sql.begin();
        Stream<Long> stream = sql.stream("select n from t", Rows.asLong());
        sql.close();
        sql.close();
        assertThat(sql.isOpen()).isFalse();
        assertThat(sql.health().status()).isEqualTo(Health.Status.DOWN);
        for (Use use : new Use[] {() -> names(sql), () -> insert(sql, 2, "x", 1), sql::begin, sql::vacuum,
            sql::schemaVersion, () -> sql.executeScript("delete from t;"),
            () -> sql.batch("delete from t", List.of())}) {
            failing(ClosedException.class, ErrorCode.STORE_CLOSED, use);
        }
        failing(ClosedException.class, () -> insert(transaction, 2, "x", 1));
        failing(ClosedException.class, stream::toList);
        transaction.rollback();
        transaction.close();
        stream.close();
        assertThat(fixture().events().await(EventType.LEAK, Duration.ofSeconds(30)))
                .as("an event LEAK for what was left open").isPresent();
    }

    @Test
    default void whatIsOpenCanBeCounted() {
        createTable();
        HandleTracker tracker = StoreFixture.tracker(store());
        assertThat(tracker.openCount()).isZero();
        SqlTransaction transaction = store().begin();
        assertThat(tracker.openCount()).isOne();
        transaction.close();
        try (Stream<Long> stream = store().stream("select n from t", Rows.asLong())) {
            assertThat(tracker.openCount()).isOne();
            assertThat(stream).isEmpty();
        }
        names(store());
        assertThat(tracker.leaks()).isEmpty();
    }

    @Test
    default void unwrapRefusesWhatItIsNot() {
        UnsupportedFeatureException error =
                failing(UnsupportedFeatureException.class, () -> store().unwrap(java.util.BitSet.class));
        assertThat(error.getMessage()).contains("java.util.BitSet");
    }

    @Test
    default void anUnknownSettingIsRefused() {
        ConfigurationException error = failing(ConfigurationException.class,
                () -> fixture().with("no_such_setting_anywhere", 1).store());
        assertThat(error.getMessage()).contains("no_such_setting_anywhere");
    }

    @Test
    default void twoStoresAreApart() {
        createTable();
        SQLStore other = fixture().openElsewhere();
        StorageException error = failing(StorageException.class, () -> names(other));
        assertThat(error.code()).isEqualTo(ErrorCode.SQL_STATEMENT);
    }
}
