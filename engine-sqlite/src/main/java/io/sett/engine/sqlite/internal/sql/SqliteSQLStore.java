// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.sql;

import io.sett.api.common.Capability;
import io.sett.api.common.Health;
import io.sett.api.common.Limits;
import io.sett.api.common.Metrics;
import io.sett.api.common.ProgressListener;
import io.sett.api.common.StoreKind;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.UnsupportedFeatureException;
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
import io.sett.engine.sqlite.internal.db.SqliteSettings;
import io.sett.engine.sqlite.internal.text.SqlText;
import io.sett.spi.Deadline;
import io.sett.spi.EngineContext;
import io.sett.spi.HandleTracker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** The SQL store: each call hands its work to the part that does it. A view with a timeout shares everything else. */
public final class SqliteSQLStore implements SQLStore {

    private static final Limits LIMITS = new Limits(1_000_000_000, 1_000_000_000, Long.MAX_VALUE, Long.MAX_VALUE, null);

    private final SqlCore core;
    private final StoreLife life;
    private final SqlCare care;
    private final Optional<Duration> timeout;
    private final boolean owner;

    private SqliteSQLStore(SqlCore core, StoreLife life, SqlCare care, Optional<Duration> timeout, boolean owner) {
        this.core = core;
        this.life = life;
        this.care = care;
        this.timeout = timeout;
        this.owner = owner;
    }

    /** Opens a store. */
    public static SqliteSQLStore open(EngineContext context) {
        SqlCore core = new SqlCore(context);
        return new SqliteSQLStore(core, new StoreLife(core), new SqlCare(core), Optional.empty(), true);
    }

    private Deadline deadline(Optional<Duration> own) {
        return core.database().deadline(own.isPresent() ? own : timeout);
    }

    // --- statements ---

    @Override
    public SqlUpdateResult update(SqlStatement statement) {
        return update(statement, true);
    }

    @Override
    public long execute(SqlStatement statement) {
        return update(statement, false).rowsChanged();
    }

    @Override
    public long execute(String sql, Object... parameters) {
        return update(SqlStatement.of(sql, parameters), false).rowsChanged();
    }

    private SqlUpdateResult update(SqlStatement statement, boolean wantsKey) {
        core.database().checkOpen();
        SqlText text = core.text(statement.sql());
        Runner.checkChanges(text);
        return core.update(text, SqlValues.of(text, statement), wantsKey, deadline(statement.timeout()));
    }

    @Override
    public void executeScript(String script) {
        run(transaction -> transaction.executeScript(script));
    }

    @Override
    public long[] batch(String sql, Iterable<? extends List<?>> parameterSets) {
        try (SqlTransaction transaction = begin()) {
            long[] changed = transaction.batch(sql, parameterSets);
            transaction.commit();
            return changed;
        }
    }

    @Override
    public <T> Stream<T> stream(SqlStatement statement, RowMapper<? extends T> mapper) {
        core.database().checkOpen();
        SqlText text = core.streamable(statement.sql());
        Optional<Duration> limit = statement.timeout().isPresent() ? statement.timeout() : timeout;
        return core.stream(text, SqlValues.of(text, statement), Deadline.after(limit), mapper);
    }

    @Override
    public <T> List<T> query(SqlStatement statement, RowMapper<? extends T> mapper) {
        core.database().checkOpen();
        SqlText text = core.text(statement.sql());
        Optional<Duration> limit = statement.timeout().isPresent() ? statement.timeout() : timeout;
        return core.query(text, SqlValues.of(text, statement), statement.cacheable(), limit, mapper);
    }

    @Override
    public SqlTransaction begin(SqlTransactionOptions options) {
        core.database().checkOpen();
        Duration longest = options.timeout().or(() -> timeout).orElse(core.database().options().txTimeout());
        return core.begin(options.readOnly(), false, longest);
    }

    @Override
    public SQLStore withTimeout(Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw SqlValues.invalid("The timeout is " + value + "; it must be more than zero");
        }
        return new SqliteSQLStore(core, life, care, Optional.of(value), false);
    }

    // --- care ---

    @Override
    public void vacuum() {
        care.vacuum(careDeadline());
    }

    @Override
    public void analyze() {
        care.analyze(careDeadline());
    }

    @Override
    public List<String> integrityCheck() {
        return care.integrityCheck(careDeadline());
    }

    /** Work on the whole database takes what it takes, unless a view says otherwise. */
    private Deadline careDeadline() {
        return Deadline.after(timeout);
    }

    @Override
    public List<String> explain(SqlStatement statement) {
        return care.explain(statement, deadline(statement.timeout()));
    }

    @Override
    public SqlBackupResult backup(Path file, ProgressListener progress) {
        return new SqlBackup(core).backup(file, progress, careDeadline());
    }

    @Override
    public SqlBackupResult restore(Path file, ProgressListener progress) {
        return new SqlBackup(core).restore(file, progress, careDeadline());
    }

    @Override
    public int schemaVersion() {
        return care.schemaVersion(deadline(Optional.empty()));
    }

    @Override
    public SqlMigrationResult migrate(List<SqlMigration> migrations) {
        return new Migrator(core, timeout).migrate(migrations);
    }

    @Override
    public void clearQueryCache() {
        core.database().checkOpen();
        if (core.cache().isEmpty()) {
            throw new UnsupportedFeatureException(ErrorCode.UNSUPPORTED_FEATURE, "store '" + name()
                    + "': the query cache is off (enable_query_cache, query_cache_size)", Map.of("store", name(),
                    "capability", Capability.QUERY_CACHE));
        }
        core.cache().get().clear();
    }

    @Override
    public SqlStats stats() {
        return life.stats();
    }

    // --- store ---

    @Override
    public String name() {
        return core.name();
    }

    @Override
    public String engine() {
        return SqliteSettings.ENGINE;
    }

    @Override
    public StoreKind kind() {
        return StoreKind.SQL;
    }

    @Override
    public Set<Capability> capabilities() {
        if (core.cache().isPresent()) {
            return SqliteSettings.SQL_CAPABILITIES;
        }
        EnumSet<Capability> less = EnumSet.copyOf(SqliteSettings.SQL_CAPABILITIES);
        less.remove(Capability.QUERY_CACHE);
        return java.util.Collections.unmodifiableSet(less);
    }

    @Override
    public Limits limits() {
        return LIMITS;
    }

    @Override
    public Health health() {
        return life.health();
    }

    @Override
    public Metrics metrics() {
        return life.metrics();
    }

    @Override
    public boolean isOpen() {
        return core.database().isOpen();
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        if (type == HandleTracker.class) {
            return type.cast(core.handles());
        }
        if (type == DataSource.class) {
            core.database().checkOpen();
            return type.cast(life.dataSource());
        }
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new UnsupportedFeatureException(ErrorCode.UNSUPPORTED_FEATURE, "store '" + name() + "': there is no "
                + type.getName() + " behind it; there are " + DataSource.class.getName() + " and "
                + HandleTracker.class.getName(), Map.of("store", name(), "type", type.getName()));
    }

    @Override
    public void close() {
        if (owner) {
            life.close();
        }
    }
}
