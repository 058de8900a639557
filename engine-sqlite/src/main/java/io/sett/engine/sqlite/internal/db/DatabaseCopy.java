// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.db;

import io.sett.api.common.Progress;
import io.sett.api.common.ProgressListener;
import io.sett.spi.Deadline;
import io.sett.spi.log.Loggers;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.sqlite.SQLiteDataSource;
import org.sqlite.core.DB;

/** Copies whole databases page by page, and checks copies. */
public final class DatabaseCopy {

    private static final Logger LOG = Loggers.of(DatabaseCopy.class);
    private static final int PAGES_A_STEP = 256;
    private static final int BUSY_SLEEP_MILLIS = 50;
    private static final int BUSY_TRIES = 200;

    private DatabaseCopy() {
    }

    /**
     * Passes progress on. The driver copies on whatever a listener throws, so that is kept until it comes back, and the
     * copy is thrown away then.
     */
    private static final class Observer implements DB.ProgressObserver {

        private final String phase;
        private final ProgressListener listener;
        private final Deadline deadline;
        private @Nullable RuntimeException failure;
        private @Nullable Error error;

        Observer(String phase, ProgressListener listener, Deadline deadline) {
            this.phase = phase;
            this.listener = listener;
            this.deadline = deadline;
        }

        @Override
        public void progress(int remaining, int pages) {
            if (failure != null || error != null) {
                return;
            }
            try {
                deadline.check(phase);
                listener.onProgress(new Progress(phase, pages - remaining, pages, "pages"));
            } catch (RuntimeException thrown) {
                failure = thrown;
            } catch (Error thrown) {
                error = thrown;
            }
        }

        void rethrow() {
            if (error != null) {
                throw error;
            }
            if (failure != null) {
                throw failure;
            }
        }
    }

    /** Copies what this connection sees into a file; it should be in a read transaction. */
    public static long out(Session session, Path file, ProgressListener progress, Deadline deadline)
            throws SQLException {
        Observer observer = new Observer("backup", progress, deadline);
        int result = session.connection().getDatabase().backup("main", file.toString(), observer, BUSY_SLEEP_MILLIS,
                BUSY_TRIES, PAGES_A_STEP);
        observer.rethrow();
        check(result, "copying to " + file);
        return session.number("pragma page_count");
    }

    /**
     * Replaces the content of the database by that of a file; all or nothing. What a listener throws comes too late.
     */
    public static void in(Session session, Path file, ProgressListener progress) throws SQLException {
        Observer observer = new Observer("restore", progress, Deadline.none());
        int result = session.connection().getDatabase().restore("main", file.toString(), observer, BUSY_SLEEP_MILLIS,
                BUSY_TRIES, PAGES_A_STEP);
        check(result, "copying from " + file);
        session.number("select count(*) from sqlite_schema");
        observer.rethrow();
    }

    private static void check(int result, String what) throws SQLException {
        if ((result & 0xff) != 0) {
            throw DB.newSQLException(result, what + " failed");
        }
    }

    /**
     * What is wrong with a copy, and brings it to a page size.
     *
     * @return one line for each problem; empty when it is sound
     */
    public static List<String> check(Path copy, long pageSize) {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + copy);
        List<String> problems = new ArrayList<>();
        try (Connection connection = source.getConnection(); Statement statement = connection.createStatement()) {
            try (ResultSet lines = statement.executeQuery("pragma integrity_check")) {
                while (lines.next()) {
                    problems.add(lines.getString(1));
                }
            }
            problems.remove("ok");
            if (problems.isEmpty()) {
                statement.execute("pragma journal_mode = delete");
                resize(statement, pageSize);
            }
        } catch (SQLException noDatabase) {
            problems.add(String.valueOf(noDatabase.getMessage()));
        }
        return problems;
    }

    private static void resize(Statement statement, long pageSize) throws SQLException {
        long now;
        try (ResultSet size = statement.executeQuery("pragma page_size")) {
            now = size.getLong(1);
        }
        if (now != pageSize) {
            statement.execute("pragma page_size = " + pageSize);
            statement.execute("vacuum");
        }
    }

    /** Makes an empty file that only its owner may read. */
    public static void create(Path file) throws IOException {
        Files.createFile(file, DatabaseFiles.ownerOnly(file));
    }

    /** Makes a copy durable. */
    public static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Removes a copy and what SQLite laid beside it, if it is there. */
    public static void delete(Path file) {
        for (String end : List.of("", "-journal", "-wal", "-shm")) {
            try {
                Files.deleteIfExists(file.resolveSibling(file.getFileName() + end));
            } catch (IOException failed) {
                LOG.warn("{}{} could not be deleted: {}", file, end, failed.toString());
            }
        }
    }
}
