// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.control;

import io.sett.api.common.ProgressListener;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.StorageException;
import io.sett.api.sql.Row;
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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A right store with one fault. */
final class FaultySQLStore extends ForwardingSQLStore {

    private final SqlFault fault;
    private final Map<SqlStatement, List<?>> kept = new ConcurrentHashMap<>();

    FaultySQLStore(SQLStore right, SqlFault fault) {
        super(right);
        this.fault = fault;
    }

    private boolean has(SqlFault one) {
        return fault == one;
    }

    @Override
    public SqlUpdateResult update(SqlStatement statement) {
        if (has(SqlFault.RUNS_SECOND_STATEMENT) && statement.sql().contains(";") && statement.parameters().isEmpty()) {
            right().executeScript(statement.sql());
            return new SqlUpdateResult(0, List.of());
        }
        try {
            SqlUpdateResult result = right().update(has(SqlFault.DOUBLES_QUOTES) ? doubled(statement) : statement);
            return has(SqlFault.WRONG_KEYS) ? new SqlUpdateResult(result.rowsChanged(), List.of(1L)) : result;
        } catch (StorageException failed) {
            if (has(SqlFault.SWALLOWS_CONSTRAINTS) && failed.code() == ErrorCode.SQL_CONSTRAINT) {
                return new SqlUpdateResult(0, List.of());
            }
            throw failed;
        }
    }

    private static SqlStatement doubled(SqlStatement statement) {
        return statement.parameters().isEmpty() ? statement
                : statement.withParameters(statement.parameters().stream()
                        .map(value -> value instanceof String text ? text.replace("'", "''") : value).toArray());
    }

    @Override
    public void executeScript(String script) {
        try {
            right().executeScript(script);
        } catch (StorageException failed) {
            if (has(SqlFault.TORN_SCRIPT)) {
                right().execute(script.substring(0, script.indexOf(';')));
            }
            throw failed;
        }
    }

    @Override
    public long[] batch(String sql, Iterable<? extends List<?>> parameterSets) {
        if (!has(SqlFault.TORN_BATCH)) {
            return super.batch(sql, parameterSets);
        }
        List<Long> changed = new ArrayList<>();
        parameterSets.forEach(set -> changed.add(right().execute(sql, set.toArray())));
        return changed.stream().mapToLong(count -> count).toArray();
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> List<T> query(SqlStatement statement, RowMapper<? extends T> mapper) {
        if (has(SqlFault.STALE_RESULTS)) {
            return (List<T>) kept.computeIfAbsent(statement, asked -> right().query(asked, mapper));
        }
        return right().query(statement, has(SqlFault.LIVING_ROWS) ? row -> mapper.map(new Copy(row)) : mapper);
    }

    /** A row that outlives its mapper. */
    private static final class Copy implements Row {

        private final List<String> names;
        private final List<Optional<Object>> values = new ArrayList<>();

        Copy(Row row) {
            names = List.copyOf(row.columnNames());
            for (int i = 0; i < names.size(); i++) {
                values.add(row.value(i));
            }
        }

        @Override
        public List<String> columnNames() {
            return names;
        }

        @Override
        public int columnIndex(String column) {
            return names.indexOf(column);
        }

        @Override
        public Optional<Object> value(int column) {
            return values.get(column);
        }
    }

    @Override
    public <T> Stream<T> stream(SqlStatement statement, RowMapper<? extends T> mapper) {
        if (has(SqlFault.SHORT_STREAM)) {
            List<T> rows = right().query(statement, mapper);
            return rows.stream().limit(Math.max(0, rows.size() - 1));
        }
        Stream<T> stream = right().stream(statement, mapper);
        return has(SqlFault.LEAKS_STREAMS) ? stream.toList().stream() : stream;
    }

    @Override
    public SqlTransaction begin(SqlTransactionOptions options) {
        return switch (fault) {
            case AUTOCOMMITS -> new AutocommitTransaction(right());
            case ROLLBACK_COMMITS, IGNORES_SAVEPOINTS -> new FaultyTransaction(right().begin(options), fault);
            default -> right().begin(options);
        };
    }

    @Override
    public List<String> explain(SqlStatement statement) {
        return has(SqlFault.NO_PLAN) ? List.of("SCAN everything") : right().explain(statement);
    }

    @Override
    public SqlBackupResult backup(Path file, ProgressListener progress) {
        if (has(SqlFault.BACKUP_OVERWRITES)) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
        return right().backup(file, progress);
    }

    @Override
    public SqlMigrationResult migrate(List<SqlMigration> migrations) {
        if (has(SqlFault.MIGRATES_AGAIN)) {
            migrations.forEach(migration -> right().run(migration.body()));
            return new SqlMigrationResult(0, migrations.get(migrations.size() - 1).version(),
                    migrations.stream().map(SqlMigration::version).toList());
        }
        return right().migrate(has(SqlFault.FORGETS_STEPS) ? migrations.stream()
                .map(step -> new SqlMigration(step.version(), step.description(), step.body())).toList() : migrations);
    }

    @Override
    public SqlStats stats() {
        SqlStats stats = right().stats();
        return !has(SqlFault.MISCOUNTS) ? stats : new SqlStats(stats.queries(), stats.updates(), 0, stats.rowsRead(),
                stats.rowsChanged(), stats.commits(), stats.rollbacks(), stats.cacheHits(), stats.cacheMisses(),
                stats.cacheInvalidations(), stats.cacheBytes(), stats.activeConnections(), stats.idleConnections(),
                stats.waitingWriters(), stats.queryLatency(), stats.updateLatency());
    }

    @Override
    public void close() {
        if (!has(SqlFault.USE_AFTER_CLOSE)) {
            right().close();
        }
    }
}
