// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.kv.Cursor;
import io.sett.api.kv.CursorOptions;
import io.sett.api.kv.KVStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a read looks at, told by the counters of the store. */
class LsmReadPathTest {

    @TempDir
    Path root;

    private static byte[] bytes(String text) {
        return text.getBytes(US_ASCII);
    }

    private static long counter(KVStore store, String name) {
        return store.metrics().counters().get(name);
    }

    @Test
    void eachStepOfAReadCountsItsAnswers() {
        try (KVStore store = LsmOpenTest.open(root, LsmOpenTest.TINY)) {
            store.put(bytes("k"), bytes("1"));
            assertThat(store.get(bytes("k"))).isPresent();
            assertThat(counter(store, "answers_memtable_total")).isEqualTo(1);
            store.maintenance().compact();
            assertThat(store.get(bytes("k"))).isPresent();
            assertThat(counter(store, "answers_memtable_total")).isEqualTo(1);
            assertThat(tableAnswers(store)).isEqualTo(1);
            store.put(bytes("k"), bytes("2"));
            assertThat(store.get(bytes("k"))).contains(bytes("2"));
            assertThat(counter(store, "answers_memtable_total")).isEqualTo(2);
            assertThat(store.get(bytes("absent"))).isEmpty();
            assertThat(counter(store, "answers_none_total")).isEqualTo(1);
            store.maintenance().compact();
            assertThat(store.get(bytes("k"))).contains(bytes("2"));
            assertThat(tableAnswers(store)).isEqualTo(2);
        }
    }

    private static long tableAnswers(KVStore store) {
        long sum = 0;
        for (int level = 0; level < 7; level++) {
            sum += counter(store, "answers_level_" + level + "_total");
        }
        return sum;
    }

    @Test
    void aPrefixOpensOnlyTheTablesThatMayHaveIt() {
        String[] prefixes = {"aa", "bb", "cc", "dd", "ee", "ff", "gg", "hh"};
        Map<String, Object> settings = new HashMap<>(LsmOpenTest.TINY);
        settings.put("maintenance.auto_compaction", false);
        settings.put("value_threshold", 1 << 20);
        try (KVStore store = LsmOpenTest.open(root, settings)) {
            for (String prefix : prefixes) {
                for (int i = 0; i < 1000; i++) {
                    store.put(bytes(prefix + (1000 + i)), new byte[60]);
                }
            }
            store.maintenance().compact();
        }
        try (KVStore store = LsmOpenTest.open(root, settings)) {
            double tables = 0;
            for (int level = 0; level < 7; level++) {
                tables += store.metrics().gauges().get("level_" + level + "_tables");
            }
            long before = counter(store, "tables_opened_total");
            int seen = 0;
            try (Cursor cursor = store.cursor(CursorOptions.prefix(bytes("dd")))) {
                while (cursor.next()) {
                    seen++;
                }
            }
            assertThat(seen).isEqualTo(1000);
            long opened = counter(store, "tables_opened_total") - before;
            assertThat(opened).isPositive();
            assertThat((double) opened).isLessThanOrEqualTo(tables / prefixes.length + 2);
            assertThat(tables).isGreaterThan(2.0 * prefixes.length);
        }
    }

    @Test
    void withoutCompressionTablesArePlain() throws IOException {
        Map<String, Object> settings = new HashMap<>(LsmOpenTest.TINY);
        settings.put("compression_type", "snappy");
        settings.put("value_threshold", 1 << 20);
        settings.put("compress_tables", false);
        String value = "compressible ".repeat(50);
        try (KVStore store = LsmOpenTest.open(root, settings)) {
            store.put(bytes("k"), bytes(value));
            store.maintenance().compact();
        }
        boolean plain = false;
        try (Stream<Path> files = Files.list(root)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".sst")).toList()) {
                plain |= new String(Files.readAllBytes(file), US_ASCII).contains(value);
            }
        }
        assertThat(plain).isTrue();
    }
}
