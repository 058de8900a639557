// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite;

import io.sett.api.kv.KVStore;
import io.sett.api.sql.SQLStore;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;

/** Writes to both kinds of stores and says which writes were acknowledged, until it is killed. */
final class KilledWriter {

    private KilledWriter() {
    }

    public static void main(String[] arguments) {
        Path directory = Path.of(arguments[0]);
        try (SQLStore sql = Stores.sql(directory, Map.of()); KVStore kv = Stores.kv(directory, Map.of())) {
            sql.execute("create table t (n integer)");
            for (long n = 0; n < 1_000_000; n++) {
                sql.execute("insert into t values (?)", n);
                kv.put(ByteBuffer.allocate(8).putLong(n).array(), new byte[10]);
                System.out.println(n);
            }
        }
    }
}
