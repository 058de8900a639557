// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sett.api.common.Durability;
import io.sett.api.error.ConfigurationException;
import io.sett.api.error.DeadlineExceededException;
import io.sett.api.error.ErrorCode;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.KVStore;
import io.sett.api.kv.Snapshot;
import io.sett.api.kv.VerifyLevel;
import io.sett.api.kv.WriteOptions;
import io.sett.api.sql.SQLStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is particular to key-value stores on SQLite. */
@Timeout(120)
class KeyValueTest {

    @TempDir
    Path directory;

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    @Test
    void bothKindsShareASectionAndADirectory() {
        try (SQLStore sql = Stores.sql(directory, Map.of()); KVStore kv = Stores.kv(directory, Map.of())) {
            sql.execute("create table t (a)");
            kv.put(bytes("k"), bytes("v"));
            assertThat(directory.resolve("store-kv.db")).exists();
            assertThat(directory.resolve("store.db")).exists();
        }
    }

    @Test
    void readersAtOneVersionShareAConnectionAndTooManyVersionsAreRefused() {
        try (KVStore kv = Stores.kv(directory, Map.of("max_open_conns", 4, "busy_timeout", "50ms"))) {
            kv.put(bytes("k"), bytes("0"));
            List<Snapshot> held = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                held.add(kv.snapshot());
            }
            assertThat(kv.metrics().gauge("active_connections")).isEqualTo(1);
            for (int i = 1; i <= 2; i++) {
                kv.put(bytes("k"), bytes("" + i));
                held.add(kv.snapshot());
            }
            kv.put(bytes("k"), bytes("3"));
            DeadlineExceededException error =
                    catchThrowableOfType(DeadlineExceededException.class, () -> held.add(kv.snapshot()));
            assertThat(error.code()).isEqualTo(ErrorCode.CONNECTION_POOL_EXHAUSTED);
            assertThat(error).hasMessageContaining("3 versions of the data").hasMessageContaining("snapshot (thread ");
            assertThat(kv.getOrThrow(bytes("k"))).isEqualTo(bytes("3"));
            assertThat(held.get(0).getOrThrow(bytes("k"))).isEqualTo(bytes("0"));
            assertThat(held.get(51).getOrThrow(bytes("k"))).isEqualTo(bytes("2"));
            held.forEach(Snapshot::close);
            try (Cursor cursor = kv.iterate(new byte[0])) {
                assertThat(cursor.next()).isTrue();
            }
        }
    }

    @Test
    void versionsGoOnAfterAReopening() {
        try (KVStore kv = Stores.kv(directory, Map.of())) {
            kv.put(bytes("a"), bytes("1"));
            kv.put(bytes("b"), bytes("1"), io.sett.api.kv.PutOptions.defaults(), WriteOptions.sync());
            assertThat(kv.version()).isEqualTo(2);
        }
        try (KVStore kv = Stores.kv(directory, Map.of())) {
            assertThat(kv.version()).isEqualTo(2);
            kv.delete(bytes("a"), WriteOptions.defaults().withDurability(Durability.PROCESS));
            assertThat(kv.version()).isEqualTo(3);
            assertThat(kv.entry(bytes("b")).orElseThrow().version()).isEqualTo(2);
        }
    }

    @Test
    void commitsGatherInGroups() {
        try (KVStore kv = Stores.kv(directory, Map.of("sync_mode", "full"))) {
            List<CompletableFuture<Long>> commits = IntStream.range(0, 500).mapToObj(i -> {
                var batch = kv.batchBegin();
                batch.put(bytes("k" + i), bytes("v" + i));
                return batch.writeAsync(WriteOptions.defaults()).toCompletableFuture();
            }).toList();
            assertThat(commits.stream().map(CompletableFuture::join)).doesNotHaveDuplicates().hasSize(500);
            assertThat(kv.version()).isEqualTo(500);
            assertThat(kv.metrics().counter("commit_groups_total")).isLessThan(500);
            assertThat(kv.count(bytes("k"))).isEqualTo(500);
        }
    }

    @Test
    void compactionAndVerification() {
        try (KVStore kv = Stores.kv(directory, Map.of())) {
            for (int i = 0; i < 200; i++) {
                kv.put(bytes("k" + i), new byte[5000]);
            }
            kv.deleteMany(IntStream.range(0, 190).mapToObj(i -> bytes("k" + i)).toList());
            kv.maintenance().flush();
            assertThat(kv.maintenance().compact().outputBytes()).isLessThan(200_000);
            assertThat(kv.maintenance().verify(VerifyLevel.FULL).isHealthy()).isTrue();
            assertThat(kv.maintenance().verify(VerifyLevel.QUICK).isHealthy()).isTrue();
            assertThat(kv.count(bytes("k"))).isEqualTo(10);
        }
    }

    @Test
    void withoutAWriteAheadLogItIsRefused() {
        ConfigurationException error = catchThrowableOfType(ConfigurationException.class,
                () -> Stores.kv(directory, Map.of("enable_wal", false)));
        assertThat(error).hasMessageContaining("journal_mode must be wal");
    }
}
