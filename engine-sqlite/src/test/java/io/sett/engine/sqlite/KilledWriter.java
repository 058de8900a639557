// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite;

import io.sett.api.kv.KVBatch;
import io.sett.api.kv.KVStore;
import io.sett.api.sql.SQLStore;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;

/**
 * Writes to both kinds of stores from several threads, three rows or pairs at a time, and says which were acknowledged,
 * until it is killed.
 */
final class KilledWriter {

    /** Rows and pairs that belong together. */
    static final int TOGETHER = 3;

    private KilledWriter() {
    }

    public static void main(String[] arguments) throws InterruptedException {
        Path directory = Path.of(arguments[0]);
        try (SQLStore sql = Stores.sql(directory, Map.of()); KVStore kv = Stores.kv(directory, Map.of())) {
            sql.execute("create table if not exists t (n integer, part integer, filler blob)");
            Thread[] threads = new Thread[4];
            for (int i = 0; i < threads.length; i++) {
                long first = Long.parseLong(arguments[1]) + i * 100_000L;
                boolean rows = i % 2 == 0;
                threads[i] = new Thread(() -> write(sql, kv, first, rows));
                threads[i].start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    private static void write(SQLStore sql, KVStore kv, long first, boolean rows) {
        for (long n = first; n < first + 100_000; n++) {
            if (rows) {
                writeRows(sql, n);
            } else {
                writePairs(kv, n);
            }
            System.out.println((rows ? "sql " : "kv ") + n);
        }
    }

    private static void writeRows(SQLStore sql, long n) {
        sql.run(transaction -> {
            for (int part = 0; part < TOGETHER; part++) {
                transaction.execute("insert into t values (?, ?, zeroblob(3000))", n, part);
            }
        });
    }

    private static void writePairs(KVStore kv, long n) {
        try (KVBatch batch = kv.batchBegin()) {
            for (int part = 0; part < TOGETHER; part++) {
                batch.put(key(n, part), new byte[3000]);
            }
            batch.write();
        }
    }

    static byte[] key(long n, int part) {
        return ByteBuffer.allocate(9).putLong(n).put((byte) part).array();
    }
}
