// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Connections for code that wants JDBC (jOOQ, JDBI, Flyway …). They read and write beside the store; their transactions
 * have the right to write from the first statement on, so they wait for each other and for the store instead of
 * failing.
 * While one of them is out the store keeps no results of queries, and forgets them all when it comes back.
 */
public final class UserDataSource implements DataSource, AutoCloseable {

    private final HikariDataSource pool;
    private final Runnable taken;
    private final Runnable returned;

    /**
     * Makes a pool; connections are opened when they are asked for.
     *
     * @param taken called before a connection is handed out
     * @param returned called when it has come back
     */
    public UserDataSource(Database database, Runnable taken, Runnable returned) {
        DatabaseOptions options = database.options();
        HikariConfig config = new HikariConfig();
        config.setPoolName("sett-sqlite-user-" + options.store());
        config.setDataSource(Connections.users(options));
        config.setMaximumPoolSize(options.maxReaders());
        config.setMinimumIdle(0);
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(Math.max(250, options.busyTimeout().toMillis()));
        this.pool = new HikariDataSource(config);
        this.taken = taken;
        this.returned = returned;
    }

    @Override
    public Connection getConnection() throws SQLException {
        taken.run();
        boolean out = false;
        try {
            Connection connection = pool.getConnection();
            out = true;
            return observed(connection);
        } finally {
            if (!out) {
                returned.run();
            }
        }
    }

    private Connection observed(Connection connection) {
        AtomicBoolean back = new AtomicBoolean();
        return (Connection) Proxy.newProxyInstance(UserDataSource.class.getClassLoader(),
                new Class<?>[] {Connection.class}, (self, method, arguments) -> {
                    boolean closes = method.getName().equals("close") || method.getName().equals("abort");
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    } finally {
                        if (closes && back.compareAndSet(false, true)) {
                            returned.run();
                        }
                    }
                });
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("SQLite knows no users; use getConnection()");
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return pool.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        pool.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        pool.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return pool.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return pool.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return type.isInstance(this) ? type.cast(this) : pool.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(this) || pool.isWrapperFor(type);
    }

    @Override
    public void close() {
        pool.close();
    }
}
