// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.kv.KVStore;
import io.sett.api.kv.VerifyLevel;
import io.sett.api.sql.SQLStore;
import io.sett.testkit.Stress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed while several threads write loses nothing acknowledged and leaves nothing half done. */
class KilledProcessTest {

    private final Set<Long> rows = new HashSet<>();
    private final Set<Long> pairs = new HashSet<>();

    @TempDir
    Path directory;

    @Test
    @Timeout(900)
    void whatWasAcknowledgedIsThereAndWhole() throws Exception {
        int rounds = Stress.times(2, 20);
        for (int round = 0; round < rounds; round++) {
            int before = rows.size() + pairs.size();
            writeAndKill(round, before + 100 + 37 * round);
            assertThat(rows.size() + pairs.size()).isGreaterThanOrEqualTo(before + 100);
            try (SQLStore sql = Stores.sql(directory, Map.of()); KVStore kv = Stores.kv(directory, Map.of())) {
                checkRows(sql);
                checkPairs(kv);
            }
        }
    }

    /** Runs the writer and kills it when so much has been acknowledged; what it had said until then counts too. */
    private void writeAndKill(int round, int enough) throws Exception {
        Process child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), KilledWriter.class.getName(), directory.toString(),
                Long.toString(round * 1_000_000L)).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (var lines = child.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ");
                if (words.length == 2) {
                    (words[0].equals("sql") ? rows : pairs).add(Long.parseLong(words[1]));
                }
                if (rows.size() + pairs.size() == enough) {
                    child.toHandle().destroyForcibly();
                }
            }
        }
        child.waitFor();
    }

    private void checkRows(SQLStore sql) {
        Map<Long, Integer> found = new HashMap<>();
        sql.query("select n, count(*) from t group by n", row -> found.put(row.getLong(0), row.getInt(1)) == null);
        assertThat(found.keySet()).containsAll(rows);
        assertThat(found.values()).as("rows of one transaction").containsOnly(KilledWriter.TOGETHER);
        assertThat(sql.integrityCheck()).isEmpty();
    }

    private void checkPairs(KVStore kv) {
        Map<Long, Integer> found = new HashMap<>();
        try (var cursor = kv.iterate(new byte[0])) {
            while (cursor.next()) {
                found.merge(ByteBuffer.wrap(cursor.key()).getLong(), 1, Integer::sum);
            }
        }
        assertThat(found.keySet()).containsAll(pairs);
        assertThat(found.values()).as("pairs of one batch").containsOnly(KilledWriter.TOGETHER);
        assertThat(kv.version()).isGreaterThanOrEqualTo(pairs.size());
        assertThat(kv.maintenance().verify(VerifyLevel.FULL).isHealthy()).isTrue();
    }
}
