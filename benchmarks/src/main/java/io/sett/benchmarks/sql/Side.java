// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.sql;

import java.nio.file.Path;
import java.util.List;

/** One side of a comparison: the same work on the same table and on the same pairs of bytes. Safe for many threads. */
interface Side extends AutoCloseable {

    /** The table of the SQL workloads. */
    String TABLE = "create table person (id integer primary key, name text not null, n integer not null)";
    String INSERT = "insert into person (id, name, n) values (?, ?, ?)";
    String POINT = "select name, n from person where id = ?";
    String RANGE = "select id, name, n from person where id >= ? and id < ? order by id";

    /** Opens a side: sett, sett-uncached or jdbc. */
    static Side open(String name, Path directory) throws Exception {
        return switch (name) {
            case "sett" -> new SettSide(directory, true);
            case "sett-uncached" -> new SettSide(directory, false);
            case "jdbc" -> new JdbcSide(directory);
            default -> throw new IllegalArgumentException("no side '" + name + "': sett, sett-uncached, jdbc");
        };
    }

    /** Inserts one row as a transaction of its own. */
    void insert(long id, String name, long n) throws Exception;

    /** Inserts rows as one transaction. */
    void insertAll(List<List<Object>> rows) throws Exception;

    /** Reads one row; answers its number. */
    long point(long id) throws Exception;

    /** Reads rows; answers the sum of their numbers and of the lengths of their names. */
    long range(long from, long to) throws Exception;

    /** Stores a pair. */
    void put(byte[] key, byte[] value) throws Exception;

    /** The length of a value, -1 when the key is absent. */
    int get(byte[] key) throws Exception;

    /** Reads that many pairs from a key on; answers their bytes. */
    long scan(byte[] from, int pairs) throws Exception;

    @Override
    void close() throws Exception;
}
