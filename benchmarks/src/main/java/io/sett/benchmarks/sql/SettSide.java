// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.sql;

import io.sett.api.kv.Cursor;
import io.sett.api.kv.CursorOptions;
import io.sett.api.kv.KVStore;
import io.sett.api.sql.RowMapper;
import io.sett.api.sql.SQLStore;
import io.sett.engine.sqlite.Sqlite;
import java.nio.file.Path;
import java.util.List;

/** The engine through its public interfaces, with its default settings. */
final class SettSide implements Side {

    private static final RowMapper<Long> NUMBER = row -> row.getString(0).length() + row.getLong(1);
    private static final RowMapper<Long> SUM = row -> row.getString(1).length() + row.getLong(2);

    private final SQLStore sql;
    private final KVStore kv;
    private final boolean cached;

    SettSide(Path directory, boolean cached) {
        this.sql = Sqlite.open(directory.resolve("sql.db"));
        this.kv = Sqlite.openKeyValue(directory.resolve("kv.db"));
        this.cached = cached;
        sql.execute(TABLE);
    }

    @Override
    public void insert(long id, String name, long n) {
        sql.execute(INSERT, id, name, n);
    }

    @Override
    public void insertAll(List<List<Object>> rows) {
        sql.batch(INSERT, rows);
    }

    private long sum(String text, RowMapper<Long> mapper, Object... parameters) {
        List<Long> rows = cached ? sql.query(text, mapper, parameters)
                : sql.query(io.sett.api.sql.SqlStatement.of(text, parameters).withCacheable(false), mapper);
        long sum = 0;
        for (long row : rows) {
            sum += row;
        }
        return sum;
    }

    @Override
    public long point(long id) {
        return sum(POINT, NUMBER, id);
    }

    @Override
    public long range(long from, long to) {
        return sum(RANGE, SUM, from, to);
    }

    @Override
    public void put(byte[] key, byte[] value) {
        kv.put(key, value);
    }

    @Override
    public int get(byte[] key) {
        return kv.get(key).map(value -> value.length).orElse(-1);
    }

    @Override
    public long scan(byte[] from, int pairs) {
        long bytes = 0;
        try (Cursor cursor = kv.cursor(CursorOptions.defaults())) {
            boolean positioned = cursor.seek(from);
            for (int i = 0; i < pairs && positioned; i++) {
                bytes += cursor.keySlice().length() + cursor.valueSlice().length();
                positioned = cursor.next();
            }
        }
        return bytes;
    }

    @Override
    public void close() {
        sql.close();
        kv.close();
    }
}
