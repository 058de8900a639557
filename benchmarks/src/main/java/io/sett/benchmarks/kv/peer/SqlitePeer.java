// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.kv.peer;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * SQLite through JDBC, a table without row ids, in WAL mode: one connection writes, each thread reads over its own.
 * Unsynced writes ({@code synchronous = normal}) survive the end of the process.
 */
final class SqlitePeer implements Peer {

    private static final class Lane {
        private final Connection connection;
        private final PreparedStatement get;
        private final PreparedStatement scan;
        private final PreparedStatement put;
        private final PreparedStatement delete;

        Lane(String url, boolean sync) throws SQLException {
            connection = DriverManager.getConnection(url);
            try (Statement statement = connection.createStatement()) {
                statement.execute("pragma journal_mode = wal");
                statement.execute("pragma synchronous = " + (sync ? "full" : "normal"));
                statement.execute("pragma cache_size = -" + (CACHE_BYTES >> 10));
                statement.execute("pragma busy_timeout = 10000");
                statement.execute("create table if not exists kv (k blob primary key, v blob not null) without rowid");
            }
            get = connection.prepareStatement("select v from kv where k = ?");
            scan = connection.prepareStatement("select k, v from kv where k >= ? order by k limit ?");
            put = connection.prepareStatement("insert or replace into kv (k, v) values (?, ?)");
            delete = connection.prepareStatement("delete from kv where k = ?");
        }
    }

    private final ConcurrentLinkedQueue<Lane> open = new ConcurrentLinkedQueue<>();
    private final ThreadLocal<Lane> readers;
    private final Lane writer;
    private final String url;

    SqlitePeer(Path directory, boolean sync) {
        url = "jdbc:sqlite:" + directory.resolve("bench.db");
        readers = ThreadLocal.withInitial(() -> open(url, sync));
        writer = open(url, sync);
    }

    private Lane open(String url, boolean sync) {
        try {
            Lane lane = new Lane(url, sync);
            open.add(lane);
            return lane;
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public synchronized void put(byte[] key, byte[] value) {
        try {
            writer.put.setBytes(1, key);
            writer.put.setBytes(2, value);
            writer.put.executeUpdate();
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public byte[] value(byte[] key) {
        return value(readers.get(), key);
    }

    private static byte[] value(Lane lane, byte[] key) {
        try {
            lane.get.setBytes(1, key);
            try (ResultSet found = lane.get.executeQuery()) {
                return found.next() ? found.getBytes(1) : null;
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public synchronized void delete(byte[] key) {
        try {
            writer.delete.setBytes(1, key);
            writer.delete.executeUpdate();
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public synchronized void batch(List<byte[]> keys, List<byte[]> values) {
        try {
            writer.connection.setAutoCommit(false);
            for (int i = 0; i < keys.size(); i++) {
                put(keys.get(i), values.get(i));
            }
            writer.connection.commit();
            writer.connection.setAutoCommit(true);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public long scan(byte[] from, int count) {
        Lane lane = readers.get();
        long sum = 0;
        try {
            lane.scan.setBytes(1, from);
            lane.scan.setInt(2, count);
            try (ResultSet rows = lane.scan.executeQuery()) {
                while (rows.next()) {
                    sum += rows.getBytes(1).length + rows.getBytes(2).length;
                }
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
        return sum;
    }

    @Override
    public synchronized int increment(byte[] key) {
        try {
            writer.connection.setAutoCommit(false);
            byte[] before = value(writer, key);
            long number = before == null ? 0 : ByteBuffer.wrap(before).getLong();
            put(key, ByteBuffer.allocate(Long.BYTES).putLong(number + 1).array());
            writer.connection.commit();
            writer.connection.setAutoCommit(true);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
        return 0;
    }

    @Override
    public synchronized void settle() {
        run("pragma wal_checkpoint(truncate)");
    }

    @Override
    public synchronized void reclaim() {
        run("vacuum");
        settle();
    }

    /** On a connection without other statements, which a vacuum insists on. */
    private void run(String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("pragma busy_timeout = 10000");
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public void close() {
        for (Lane lane : open) {
            try {
                lane.connection.close();
            } catch (SQLException failed) {
                throw new IllegalStateException(failed);
            }
        }
    }
}
