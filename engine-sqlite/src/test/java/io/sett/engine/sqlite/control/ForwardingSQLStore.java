// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.control;

import io.sett.api.common.Capability;
import io.sett.api.common.Health;
import io.sett.api.common.Limits;
import io.sett.api.common.Metrics;
import io.sett.api.common.ProgressListener;
import io.sett.api.common.StoreKind;
import io.sett.api.sql.RowMapper;
import io.sett.api.sql.SQLStore;
import io.sett.api.sql.SqlBackupResult;
import io.sett.api.sql.SqlMigration;
import io.sett.api.sql.SqlMigrationResult;
import io.sett.api.sql.SqlStatement;
import io.sett.api.sql.SqlStats;
import io.sett.api.sql.SqlTransaction;
import io.sett.api.sql.SqlTransactionOptions;
import io.sett.api.sql.SqlUpdateResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Hands every call on. */
abstract class ForwardingSQLStore implements SQLStore {

    private final SQLStore right;

    ForwardingSQLStore(SQLStore right) {
        this.right = right;
    }

    SQLStore right() {
        return right;
    }

    @Override
    public SqlUpdateResult update(SqlStatement statement) {
        return right.update(statement);
    }

    @Override
    public void executeScript(String script) {
        right.executeScript(script);
    }

    @Override
    public long[] batch(String sql, Iterable<? extends List<?>> parameterSets) {
        return right.batch(sql, parameterSets);
    }

    @Override
    public <T> Stream<T> stream(SqlStatement statement, RowMapper<? extends T> mapper) {
        return right.stream(statement, mapper);
    }

    @Override
    public <T> List<T> query(SqlStatement statement, RowMapper<? extends T> mapper) {
        return right.query(statement, mapper);
    }

    @Override
    public SqlTransaction begin(SqlTransactionOptions options) {
        return right.begin(options);
    }

    @Override
    public SQLStore withTimeout(Duration timeout) {
        return right.withTimeout(timeout);
    }

    @Override
    public void vacuum() {
        right.vacuum();
    }

    @Override
    public void analyze() {
        right.analyze();
    }

    @Override
    public List<String> integrityCheck() {
        return right.integrityCheck();
    }

    @Override
    public List<String> explain(SqlStatement statement) {
        return right.explain(statement);
    }

    @Override
    public SqlBackupResult backup(Path file, ProgressListener progress) {
        return right.backup(file, progress);
    }

    @Override
    public SqlBackupResult restore(Path file, ProgressListener progress) {
        return right.restore(file, progress);
    }

    @Override
    public int schemaVersion() {
        return right.schemaVersion();
    }

    @Override
    public SqlMigrationResult migrate(List<SqlMigration> migrations) {
        return right.migrate(migrations);
    }

    @Override
    public void clearQueryCache() {
        right.clearQueryCache();
    }

    @Override
    public SqlStats stats() {
        return right.stats();
    }

    @Override
    public String name() {
        return right.name();
    }

    @Override
    public String engine() {
        return right.engine();
    }

    @Override
    public StoreKind kind() {
        return right.kind();
    }

    @Override
    public Set<Capability> capabilities() {
        return right.capabilities();
    }

    @Override
    public Limits limits() {
        return right.limits();
    }

    @Override
    public Health health() {
        return right.health();
    }

    @Override
    public Metrics metrics() {
        return right.metrics();
    }

    @Override
    public boolean isOpen() {
        return right.isOpen();
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        return right.unwrap(type);
    }

    @Override
    public void close() {
        right.close();
    }
}
