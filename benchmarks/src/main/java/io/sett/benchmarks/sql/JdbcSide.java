// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.sql;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * What one would write by hand: one connection that writes, behind a lock, and one that reads for each thread, each
 * with prepared statements that are kept; the pragmas are the defaults of the engine.
 */
final class JdbcSide implements Side {

    private final SQLiteDataSource sqlSource;
    private final SQLiteDataSource kvSource;
    private final List<Reader> readers = new ArrayList<>();
    private final ThreadLocal<Reader> reader = ThreadLocal.withInitial(this::newReader);
    private final ReentrantLock lock = new ReentrantLock();
    private final Connection sqlWriter;
    private final Connection kvWriter;
    private final PreparedStatement insert;
    private final PreparedStatement put;

    /** The connections of a thread that reads, opened at their first use. */
    private final class Reader {

        private final Connection sql = sqlSource.getConnection();
        private final Connection kv = kvSource.getConnection();
        private final PreparedStatement point = sql.prepareStatement(POINT);
        private final PreparedStatement range = sql.prepareStatement(RANGE);
        private final PreparedStatement get = kv.prepareStatement("select v from kv where k = ?");
        private final PreparedStatement scan = kv.prepareStatement("select k, v from kv where k >= ? order by k");

        Reader() throws SQLException {
        }
    }

    JdbcSide(Path directory) throws SQLException {
        sqlSource = source(directory.resolve("sql.db"));
        kvSource = source(directory.resolve("kv.db"));
        sqlWriter = sqlSource.getConnection();
        kvWriter = kvSource.getConnection();
        sqlWriter.createStatement().execute(TABLE);
        kvWriter.createStatement().execute("create table kv (k blob primary key not null, v blob not null) "
                + "without rowid");
        insert = sqlWriter.prepareStatement(INSERT);
        put = kvWriter.prepareStatement("insert into kv (k, v) values (?, ?) "
                + "on conflict (k) do update set v = excluded.v");
    }

    private static SQLiteDataSource source(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        config.setCacheSize(-64_000);
        config.setPageSize(4096);
        config.setBusyTimeout(10_000);
        config.setWalAutocheckpoint(4000);
        config.enforceForeignKeys(true);
        config.setGetGeneratedKeys(false);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    private Reader newReader() {
        try {
            Reader fresh = new Reader();
            synchronized (readers) {
                readers.add(fresh);
            }
            return fresh;
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public void insert(long id, String name, long n) throws SQLException {
        lock.lock();
        try {
            bind(id, name, n);
            insert.executeUpdate();
        } finally {
            lock.unlock();
        }
    }

    private void bind(long id, String name, long n) throws SQLException {
        insert.setLong(1, id);
        insert.setString(2, name);
        insert.setLong(3, n);
    }

    @Override
    public void insertAll(List<List<Object>> rows) throws SQLException {
        lock.lock();
        try {
            sqlWriter.setAutoCommit(false);
            for (List<Object> row : rows) {
                bind((Long) row.get(0), (String) row.get(1), (Long) row.get(2));
                insert.addBatch();
            }
            insert.executeBatch();
            sqlWriter.commit();
            sqlWriter.setAutoCommit(true);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long point(long id) throws SQLException {
        PreparedStatement point = reader.get().point;
        point.setLong(1, id);
        try (ResultSet result = point.executeQuery()) {
            long sum = 0;
            while (result.next()) {
                sum += result.getString(1).length() + result.getLong(2);
            }
            return sum;
        }
    }

    @Override
    public long range(long from, long to) throws SQLException {
        PreparedStatement range = reader.get().range;
        range.setLong(1, from);
        range.setLong(2, to);
        try (ResultSet result = range.executeQuery()) {
            long sum = 0;
            while (result.next()) {
                sum += result.getString(2).length() + result.getLong(3);
            }
            return sum;
        }
    }

    @Override
    public void put(byte[] key, byte[] value) throws SQLException {
        lock.lock();
        try {
            put.setBytes(1, key);
            put.setBytes(2, value);
            put.executeUpdate();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int get(byte[] key) throws SQLException {
        PreparedStatement get = reader.get().get;
        get.setBytes(1, key);
        try (ResultSet result = get.executeQuery()) {
            return result.next() ? result.getBytes(1).length : -1;
        }
    }

    @Override
    public long scan(byte[] from, int pairs) throws SQLException {
        PreparedStatement scan = reader.get().scan;
        scan.setBytes(1, from);
        long bytes = 0;
        try (ResultSet result = scan.executeQuery()) {
            for (int i = 0; i < pairs && result.next(); i++) {
                bytes += result.getBytes(1).length + result.getBytes(2).length;
            }
        }
        return bytes;
    }

    @Override
    public void close() throws SQLException {
        for (Reader each : readers) {
            each.sql.close();
            each.kv.close();
        }
        sqlWriter.close();
        kvWriter.close();
    }
}
