// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.db;

import io.sett.api.common.StoreKind;
import java.time.Duration;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** How connections to a database are opened. */
final class Connections {

    /** Each checkpoint forces the device twice, and a page that was written often is copied once. */
    private static final int AUTO_CHECKPOINT_PAGES = 4000;
    private static final int WRITER_NAP_MILLIS = 100;

    private Connections() {
    }

    /** Connections that read; {@code query_only} refuses everything else. */
    static SQLiteDataSource readers(DatabaseOptions options) {
        SQLiteConfig config = config(options, options.busyTimeout());
        config.setPragma(SQLiteConfig.Pragma.BUSY_TIMEOUT, millis(options.busyTimeout()));
        return source(options, config);
    }

    /** The connection that writes; it waits in pieces, so that its user can be interrupted. */
    static SQLiteDataSource writer(DatabaseOptions options) {
        SQLiteConfig config = config(options, Duration.ofMillis(WRITER_NAP_MILLIS));
        config.setPageSize((int) options.pageSize());
        boolean checkpointsItself = options.kind() == StoreKind.KEY_VALUE;
        config.setWalAutocheckpoint(checkpointsItself ? 0 : AUTO_CHECKPOINT_PAGES);
        return source(options, config);
    }

    /** Connections for users of the DataSource; their transactions begin by writing, so that they never collide. */
    static SQLiteDataSource users(DatabaseOptions options) {
        SQLiteConfig config = config(options, options.busyTimeout());
        config.setGetGeneratedKeys(true);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setJournalMode(SQLiteConfig.JournalMode.valueOf(options.journalMode().name()));
        return source(options, config);
    }

    private static SQLiteConfig config(DatabaseOptions options, Duration busy) {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout((int) Math.min(Integer.MAX_VALUE, busy.toMillis()));
        config.setPragma(SQLiteConfig.Pragma.CACHE_SIZE, Long.toString(options.cacheSize()));
        config.setPragma(SQLiteConfig.Pragma.SYNCHRONOUS, options.syncMode().name());
        config.enforceForeignKeys(options.foreignKeys());
        config.setGetGeneratedKeys(false);
        config.enableLoadExtension(false);
        config.setPragma(SQLiteConfig.Pragma.LIMIT_ATTACHED, "0");
        config.setWalAutocheckpoint(AUTO_CHECKPOINT_PAGES);
        return config;
    }

    private static String millis(Duration time) {
        return Long.toString(Math.min(Integer.MAX_VALUE, time.toMillis()));
    }

    private static SQLiteDataSource source(DatabaseOptions options, SQLiteConfig config) {
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + options.file());
        return source;
    }
}
