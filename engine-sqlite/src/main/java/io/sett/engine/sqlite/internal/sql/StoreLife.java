// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.sql;

import io.sett.api.common.Health;
import io.sett.api.common.Metrics;
import io.sett.api.error.StorageException;
import io.sett.api.sql.SqlStats;
import io.sett.engine.sqlite.internal.db.Database;
import io.sett.engine.sqlite.internal.db.DatabaseFiles;
import io.sett.engine.sqlite.internal.db.SqliteSettings;
import io.sett.engine.sqlite.internal.db.UserDataSource;
import io.sett.spi.Scheduler;
import io.sett.spi.log.Loggers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Numbers, health, periodic work and the end of a SQL store. */
final class StoreLife {

    private static final Logger LOG = Loggers.of(StoreLife.class);
    private static final long SHRINK_PAGES = 2000;

    private final SqlCore core;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final Scheduler.@Nullable Task shrinking;
    private @Nullable UserDataSource dataSource;
    private volatile long commitsAtShrink;

    StoreLife(SqlCore core) {
        this.core = core;
        Duration interval = core.context().settings().get(SqliteSettings.VACUUM_INTERVAL);
        this.shrinking = interval.isZero() ? null : core.context().scheduler().every(interval, this::shrink);
    }

    private void shrink() {
        long commits = core.counters().commits.sum();
        if (commits == commitsAtShrink) {
            return;
        }
        try {
            core.database().shrink(SHRINK_PAGES);
            commitsAtShrink = commits;
        } catch (StorageException failed) {
            if (core.database().isOpen()) {
                LOG.warn("Store '{}': free pages were not given back, the next run tries again", core.name(), failed);
            }
        }
    }

    DataSource dataSource() {
        lock.lock();
        try {
            if (dataSource == null) {
                dataSource = new UserDataSource(core.database(), () -> core.cache().ifPresent(QueryCache::beginAll),
                        () -> {
                    core.database().schemaChanged();
                    core.cache().ifPresent(QueryCache::endAll);
                });
            }
            return dataSource;
        } finally {
            lock.unlock();
        }
    }

    SqlStats stats() {
        Counters counters = core.counters();
        Database database = core.database();
        long[] cache = core.cache().map(QueryCache::numbers).orElseGet(() -> new long[4]);
        int writing = database.isOpen() ? database.writer().waiting() : 0;
        return new SqlStats(counters.queries.sum(), counters.updates.sum(), counters.failures.sum(),
                counters.rowsRead.sum(), counters.rowsChanged.sum(), counters.commits.sum(), counters.rollbacks.sum(),
                cache[0], cache[1], cache[2], cache[3], database.readers().active(), database.readers().idle(), writing,
                counters.queryLatency.summary(), counters.updateLatency.summary());
    }

    Metrics metrics() {
        SqlStats stats = stats();
        return new Metrics(Map.of("queries_total", stats.queries(), "updates_total", stats.updates(), "failures_total",
                stats.failures(), "read_rows", stats.rowsRead(), "changed_rows", stats.rowsChanged(), "commits_total",
                stats.commits(), "rollbacks_total", stats.rollbacks(), "cache_hits_total", stats.cacheHits(),
                "cache_misses_total", stats.cacheMisses(), "cache_invalidations_total", stats.cacheInvalidations()),
                Map.of("cache_bytes", (double) stats.cacheBytes(), "active_connections",
                        (double) stats.activeConnections(), "idle_connections", (double) stats.idleConnections(),
                        "waiting_writers", (double) stats.waitingWriters(), "open_handles",
                        (double) core.handles().openCount(), "database_bytes",
                        (double) DatabaseFiles.bytes(core.database().options().file())),
                Map.of("query", stats.queryLatency(), "update", stats.updateLatency()));
    }

    Health health() {
        return core.database().isOpen() ? Health.up() : Health.down("store '" + core.name() + "' is closed");
    }

    void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        if (shrinking != null) {
            shrinking.cancel();
        }
        core.database().refuseWork();
        var leaks = core.handles().closeAll();
        lock.lock();
        try {
            if (dataSource != null) {
                dataSource.close();
            }
        } finally {
            lock.unlock();
        }
        core.database().close();
        core.cache().ifPresent(QueryCache::clear);
        core.context().reportLeaks(leaks);
    }
}
