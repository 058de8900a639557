// SPDX-License-Identifier: Apache-2.0
package io.sett.provider;

import static io.sett.provider.TestConfigs.around;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sett.api.StorageProvider;
import io.sett.api.common.Capability;
import io.sett.api.error.DeadlineExceededException;
import io.sett.api.error.ErrorCode;
import io.sett.api.sql.Rows;
import io.sett.api.sql.SQLStore;
import io.sett.spi.EngineRegistry;
import io.sett.spi.settings.EngineSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way of settings from the configuration to the SQLite engine, and what happens while it is switched off. */
class SqliteSettingsTest {

    @TempDir
    Path dir;

    private StorageProviders configured(Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(more);
        all.put("storage.data_root", dir.toString());
        all.put("storage.enabled_stores.sqlite", true);
        return StorageProviders.from(all).withEngines(EngineRegistry.discover()).withSurroundings(around(dir));
    }

    @Test
    void connectionsAreBoundedByWhatPerformanceSays() {
        try (StorageProvider storage = configured(Map.of("storage.performance.max_open_connections", 2,
                "storage.performance.max_idle_connections", 1, "storage.sqlite.busy_timeout", "50ms")).start()) {
            SQLStore sql = storage.getSQLStore();
            try (Stream<Long> one = sql.stream("select 1", Rows.asLong());
                    Stream<Long> two = sql.stream("select 2", Rows.asLong())) {
                DeadlineExceededException error = catchThrowableOfType(DeadlineExceededException.class,
                        () -> sql.query("select 3", Rows.asLong()));
                assertThat(error.code()).isEqualTo(ErrorCode.CONNECTION_POOL_EXHAUSTED);
                assertThat(Stream.concat(one, two)).containsExactly(1L, 2L);
            }
            assertThat(sql.stats().idleConnections()).isEqualTo(1);
        }
    }

    @Test
    void theCacheIsSwitchedAndBoundedByWhatPerformanceSays() {
        try (StorageProvider storage = configured(Map.of("storage.performance.enable_query_cache", false)).start()) {
            SQLStore sql = storage.getSQLStore();
            assertThat(sql.supports(Capability.QUERY_CACHE)).isFalse();
            sql.query("select 1", Rows.asLong());
            sql.query("select 1", Rows.asLong());
            assertThat(sql.stats().cacheHits()).isZero();
        }
        try (StorageProvider storage = configured(Map.of("storage.performance.query_cache_size", "8KB")).start()) {
            SQLStore sql = storage.getSQLStore();
            for (int i = 0; i < 100; i++) {
                sql.query("select ?", Rows.asString(), "x".repeat(100) + i);
            }
            assertThat(sql.stats().cacheBytes()).isPositive().isLessThanOrEqualTo(8192);
        }
    }

    @Test
    void eachKeyOfPerformanceArrivesUnlessTheEngineHasItsOwn() {
        Map<String, Object> performance = Map.of("storage.performance.max_open_connections", 7,
                "storage.performance.max_idle_connections", 3, "storage.performance.connection_max_lifetime", "9m",
                "storage.performance.batch_size", 77, "storage.performance.enable_batch_optimization", false,
                "storage.performance.enable_query_cache", false, "storage.performance.query_cache_size", "5MB",
                "storage.performance.query_cache_ttl", "17s");
        Map<String, Object> own = new HashMap<>(performance);
        own.put("storage.sqlite.max_open_conns", 8);
        own.put("storage.sqlite.query_cache_ttl", "18s");
        assertThat(effective(performance)).containsEntry("max_open_conns", "7").containsEntry("max_idle_conns", "3")
                .containsEntry("conn_max_lifetime", "9m").containsEntry("batch_size", "77")
                .containsEntry("enable_batch_optimization", "false").containsEntry("enable_query_cache", "false")
                .containsEntry("query_cache_size", Long.toString(5L << 20)).containsEntry("query_cache_ttl", "17s");
        assertThat(effective(own)).containsEntry("max_open_conns", "8").containsEntry("query_cache_ttl", "18s")
                .containsEntry("max_idle_conns", "3");
    }

    private Map<String, String> effective(Map<String, Object> settings) {
        EngineSettings section = configured(settings).load().section("sqlite").orElseThrow();
        Map<String, String> texts = new HashMap<>();
        section.effective().forEach((path, value) -> texts.put(path, String.valueOf(value.raw()).replace("\"", "")));
        return texts;
    }

    @Test
    void theNativeLibraryIsLoadedForAnOpenStoreOnly() throws Exception {
        assertThat(child("false")).contains("native library: false");
        assertThat(child("true")).as("the same program with the engine in use").contains("native library: true");
    }

    private String child(String enabled) throws Exception {
        Path temporary = Files.createDirectories(dir.resolve("tmp-" + enabled));
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary, "-Dorg.sqlite.tmpdir=" + temporary, "-cp",
                System.getProperty("java.class.path"), SqliteSwitch.class.getName(),
                dir.resolve("data-" + enabled).toString(), enabled, temporary.toString())
                .redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
