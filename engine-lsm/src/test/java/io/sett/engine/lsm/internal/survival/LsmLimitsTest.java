// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.survival;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.kv.Cursor;
import io.sett.api.kv.KVStore;
import io.sett.engine.lsm.internal.version.Version;
import io.sett.testkit.Bytes;
import io.sett.testkit.Stress;
import io.sett.testkit.fault.FaultFileSystem;
import io.sett.testkit.survival.DiskStores;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Open files and threads stay few, however many tables there are and however often a store is opened. */
@Timeout(600)
class LsmLimitsTest {

    /** Beside tables and value-log files: the lock, the manifest, logs. */
    private static final int OTHER_HANDLES = 40;
    private static final int MAX_OPEN = 64;

    private final FaultFileSystem disk = FaultFileSystem.create();
    private final Path root = disk.directory(DiskStores.ROOT);
    private final DiskStores stores = new DiskStores(LsmHarness.separating());

    @Test
    void manyTablesNeedFewHandles() {
        Map<String, Object> settings = new HashMap<>(Map.of("max_open_files", MAX_OPEN, "sync_writes", false,
                "base_table_size", 8192));
        int tables = Stress.times(100, 1_000);
        try (KVStore store = stores.open(root, settings)) {
            Random random = new Random(1);
            int most = 0;
            for (int i = 0; store.unwrap(Version.class).fileCount() < tables; i++) {
                for (int n = 0; n < 500; n++) {
                    store.put(Bytes.bytes(String.format("key%08d", i * 500 + n)), Bytes.pattern(60, n));
                }
                if (i % 20 == 19) {
                    store.maintenance().compact();
                }
                disk.settle();
            }
            for (int i = 0; i < 2_000; i++) {
                store.get(Bytes.bytes(String.format("key%08d", random.nextInt(40_000))));
                most = Math.max(most, disk.openHandles());
            }
            try (Cursor cursor = store.iterate(new byte[0])) {
                while (cursor.next()) {
                    most = Math.max(most, disk.openHandles());
                }
            }
            assertThat(most).as("handles of %d tables", tables).isBetween(MAX_OPEN / 2, MAX_OPEN + OTHER_HANDLES);
        }
        assertThat(disk.openFiles()).isEmpty();
    }

    private static Set<String> threads() {
        Set<String> names = new TreeSet<>();
        Thread.getAllStackTraces().keySet().forEach(thread -> names.add(thread.getName()));
        names.removeIf(name -> !name.contains("'test'") && !name.contains("sett"));
        return names;
    }

    @Test
    void aHundredOpeningsLeaveNothing() {
        stores.open(root, Map.of()).close();
        Set<String> before = threads();
        for (int i = 0; i < 100; i++) {
            try (KVStore store = stores.open(root, Map.of())) {
                store.put(Bytes.bytes("key" + i), Bytes.pattern(2_000, i));
                if (i % 10 == 0) {
                    store.maintenance().compact();
                }
            }
            assertThat(disk.openFiles()).as("after opening %d", i).isEmpty();
            disk.settle();
        }
        assertThat(threads()).isSubsetOf(before);
    }
}
