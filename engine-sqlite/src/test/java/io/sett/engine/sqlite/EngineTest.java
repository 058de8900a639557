// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.common.StoreKind;
import io.sett.api.kv.KVStore;
import io.sett.api.sql.Rows;
import io.sett.api.sql.SQLStore;
import io.sett.engine.sqlite.internal.db.SqliteSettings;
import io.sett.spi.EngineProvider;
import io.sett.spi.Engines;
import io.sett.spi.settings.EngineSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine as a service. */
class EngineTest {

    @TempDir
    Path directory;

    @Test
    void itIsFoundAndOffersBothKinds() {
        EngineProvider engine = Engines.discover().require("sqlite", StoreKind.SQL);
        assertThat(engine.kinds()).containsExactlyInAnyOrder(StoreKind.SQL, StoreKind.KEY_VALUE);
        assertThat(engine.artifact()).isEqualTo("io.sett:engine-sqlite");
    }

    @Test
    void theDocumentedDefaultsAreItsDefaults() {
        EngineSettings settings = EngineSettings.defaults(SqliteSettings.SCHEMA);
        assertThat(settings.get(SqliteSettings.DB_PATH)).isEqualTo("./data/sqlite/storage.db");
        assertThat(settings.get(SqliteSettings.MAX_OPEN_CONNS)).isEqualTo(25);
        assertThat(settings.get(SqliteSettings.MAX_IDLE_CONNS)).isEqualTo(10);
        assertThat(settings.get(SqliteSettings.CONN_MAX_LIFETIME)).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.get(SqliteSettings.TX_TIMEOUT)).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.get(SqliteSettings.BUSY_TIMEOUT)).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.get(SqliteSettings.CACHE_SIZE)).isEqualTo(-64_000);
        assertThat(settings.get(SqliteSettings.PAGE_SIZE)).isEqualTo(4096);
        assertThat(settings.get(SqliteSettings.VACUUM_INTERVAL)).isEqualTo(Duration.ofHours(24));
        assertThat(settings.get(SqliteSettings.ENABLE_WAL)).isTrue();
        assertThat(settings.get(SqliteSettings.ENABLE_FOREIGN_KEYS)).isTrue();
        assertThat(settings.get(SqliteSettings.QUERY_CACHE_SIZE)).isEqualTo(100L << 20);
        assertThat(settings.get(SqliteSettings.QUERY_CACHE_TTL)).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void openingByOneLine() {
        try (SQLStore sql = Sqlite.open(directory.resolve("x/sql.db"));
                KVStore kv = Sqlite.openKeyValue(directory.resolve("x/kv.db"))) {
            assertThat(sql.query("select 1", Rows.asLong())).containsExactly(1L);
            kv.put(new byte[] {1}, new byte[] {2});
            assertThat(kv.getOrThrow(new byte[] {1})).containsExactly(2);
        }
    }

    @Test
    void theDriverIsNotLoadedBeforeAStoreIsOpened() throws Exception {
        Process child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-verbose:class", "-cp", System.getProperty("java.class.path"), Asker.class.getName())
                .redirectErrorStream(true).start();
        String output = new String(child.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(child.waitFor()).isZero();
        assertThat(output).contains("asked: sqlite").contains("SqliteEngineProvider").doesNotContain(" org.sqlite.")
                .doesNotContain(" com.zaxxer.hikari.");
    }

    /** Asks the engine everything that can be asked before a store is open. */
    static final class Asker {

        private Asker() {
        }

        public static void main(String[] arguments) {
            EngineProvider engine = Engines.discover().require("sqlite", StoreKind.SQL);
            engine.kinds().forEach(kind -> {
                engine.capabilities(kind).size();
                EngineSettings.defaults(engine.schema(kind)).effective();
            });
            System.out.println("asked: " + engine.id());
        }
    }
}
