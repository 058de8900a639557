// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sett.api.error.CorruptionException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.StorageException;
import io.sett.api.kv.KVStore;
import io.sett.api.kv.VerifyLevel;
import io.sett.api.sql.Rows;
import io.sett.api.sql.SQLStore;
import io.sett.testkit.Stress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A damaged file gives typed errors that name it, never a crash and never an exception of the driver. */
class DamageTest {

    private static final int PAGE = 4096;

    @TempDir
    Path directory;

    private Path file;
    private byte[] whole;

    @BeforeEach
    void fill() throws IOException {
        try (SQLStore store = Stores.sql(directory, Map.of())) {
            store.execute("create table t (id integer primary key, v text)");
            store.execute("create index v on t (v)");
            store.batch("insert into t values (?, ?)", LongStream.range(0, 2000)
                    .mapToObj(id -> List.<Object>of(id, "value of number " + id)).toList());
        }
        file = directory.resolve("store.db");
        whole = Files.readAllBytes(file);
        assertThat(whole.length).isGreaterThan(20 * PAGE);
    }

    /** What opening the file and reading all of it ends with; null when nothing was noticed. */
    private Throwable read() {
        return catchThrowable(() -> {
            try (SQLStore store = Stores.sql(directory, Map.of())) {
                store.query("select id, v from t order by id", row -> row.getLong(0) + row.getString(1));
                List<String> problems = store.integrityCheck();
                if (!problems.isEmpty()) {
                    throw new Found(problems);
                }
            }
        });
    }

    /** The check of a store found something. */
    private static final class Found extends RuntimeException {

        private static final long serialVersionUID = 1;

        Found(List<String> problems) {
            super(problems.toString());
        }
    }

    @Test
    void anyFlippedByteIsATypedErrorOrHarmless() throws IOException {
        long seed = Long.getLong("sett.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < Stress.times(60, 3000); i++) {
            byte[] damaged = whole.clone();
            int at = i % 3 == 0 ? random.nextInt(100)
                    : random.nextInt(whole.length / PAGE) * PAGE + random.nextInt(200);
            damaged[Math.min(at, whole.length - 1)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, damaged);
            Throwable seen = read();
            if (seen != null && !(seen instanceof Found)) {
                assertThat(seen).as("flipped a bit of byte %d, seed %d (-Dsett.seed)", at, seed)
                        .isInstanceOf(StorageException.class);
            }
        }
    }

    @Test
    void aLostPageIsFound() throws IOException {
        for (int page = 1; page < whole.length / PAGE; page += 3) {
            byte[] damaged = whole.clone();
            Arrays.fill(damaged, page * PAGE, (page + 1) * PAGE, (byte) 0);
            Files.write(file, damaged);
            assertThat(read()).as("page %d of zeros", page).isInstanceOfAny(CorruptionException.class, Found.class);
        }
    }

    @Test
    void aFileCutShortIsFound() throws IOException {
        for (int length : new int[] {whole.length - PAGE, whole.length - 100, whole.length / 2, 3 * PAGE, 700, 17}) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThat(read()).as("%d of %d bytes", length, whole.length)
                    .isInstanceOfAny(CorruptionException.class, Found.class);
        }
    }

    @Test
    void theErrorNamesFileAndStatement() throws IOException {
        byte[] damaged = whole.clone();
        Arrays.fill(damaged, PAGE, damaged.length, (byte) 0x5a);
        Files.write(file, damaged);
        try (SQLStore store = Stores.sql(directory, Map.of())) {
            CorruptionException error = org.assertj.core.api.Assertions.catchThrowableOfType(CorruptionException.class,
                    () -> store.query("select v from t", Rows.asString()));
            assertThat(error.code()).isEqualTo(ErrorCode.CORRUPTION);
            assertThat(error).hasMessageContaining("select v from t").hasMessageContaining("restore a backup")
                    .hasMessageContaining(file.toRealPath().toString());
            assertThat(store.isOpen()).isTrue();
        }
    }

    @Test
    void aForeignLogIsIgnored() throws IOException {
        Random random = new Random(5);
        byte[] noise = new byte[40_000];
        random.nextBytes(noise);
        Files.write(directory.resolve("store.db-wal"), noise);
        assertThat(read()).isNull();
        assertThat(Files.size(file)).isGreaterThanOrEqualTo(whole.length);
    }

    @Test
    void keyValueStoresTellTheirDamage() throws IOException {
        try (KVStore kv = Stores.kv(directory, Map.of())) {
            for (int i = 0; i < 500; i++) {
                kv.put(("key" + i).getBytes(java.nio.charset.StandardCharsets.UTF_8), new byte[200]);
            }
        }
        Path own = directory.resolve("store-kv.db");
        byte[] damaged = Files.readAllBytes(own);
        Arrays.fill(damaged, damaged.length / 2, damaged.length / 2 + 2 * PAGE, (byte) 0);
        Files.write(own, damaged);
        Throwable seen = catchThrowable(() -> {
            try (KVStore kv = Stores.kv(directory, Map.of())) {
                assertThat(kv.maintenance().verify(VerifyLevel.FULL).isHealthy()).isFalse();
                kv.count(new byte[0]);
                for (int i = 0; i < 500; i++) {
                    kv.get(("key" + i).getBytes(java.nio.charset.StandardCharsets.UTF_8));
                }
            }
        });
        assertThat(seen).isInstanceOf(CorruptionException.class).hasMessageContaining("store-kv.db");
    }
}
