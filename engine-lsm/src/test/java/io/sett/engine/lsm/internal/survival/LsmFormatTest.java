// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.survival;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.common.Durability;
import io.sett.api.common.KeyRange;
import io.sett.api.kv.KVStore;
import io.sett.api.kv.PutOptions;
import io.sett.api.kv.VerifyLevel;
import io.sett.testkit.Bytes;
import io.sett.testkit.fault.FaultFileSystem;
import io.sett.testkit.survival.CommitHistory;
import io.sett.testkit.survival.DiskStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A store of each format that was ever written opens for ever. To write the one of the current format anew, delete its
 * folder and run this test with {@code -Dsett.store.update=true}; one that has been released must never change.
 */
class LsmFormatTest {

    private static final Path STORES = Path.of("src", "test", "resources", "stores");
    private static final int COMMITS = 150;

    private final FaultFileSystem disk = FaultFileSystem.create();
    private final Path root = disk.directory(DiskStores.ROOT);
    private final DiskStores stores = new DiskStores(LsmHarness.separating());

    private CommitHistory write(KVStore store, boolean really) {
        CommitHistory history = new CommitHistory(1, 300, Durability.SYNC, disk::changes);
        for (int i = 0; i < COMMITS; i++) {
            history.commit(store);
            if (really && i == COMMITS / 2) {
                store.put(Bytes.bytes("other/1"), Bytes.bytes("gone"));
                store.put(Bytes.bytes("other/5"), Bytes.bytes("there"), PutOptions.defaults().withMetadata((byte) 7));
                store.deleteRange(KeyRange.of(Bytes.bytes("other/0"), Bytes.bytes("other/3")));
                store.maintenance().compact();
            }
        }
        return history;
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile).filter(file -> !file.endsWith("LOCK")).toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (Path file : files(from)) {
            Files.write(to.resolve(String.valueOf(file.getFileName())), Files.readAllBytes(file));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = 1)
    void storesOfEachFormatOpenForEver(int format) throws IOException {
        Path stored = STORES.resolve("format-" + format);
        if (Boolean.getBoolean("sett.store.update") && !Files.exists(stored)) {
            try (KVStore store = stores.open(disk)) {
                write(store, true);
            }
            copy(root, stored);
        }
        FaultFileSystem fresh = FaultFileSystem.create();
        copy(stored, fresh.directory(DiskStores.ROOT));
        CommitHistory history;
        try (KVStore scratch = stores.open(FaultFileSystem.create().directory(DiskStores.ROOT), Map.of())) {
            history = write(scratch, false);
        }
        try (KVStore store = stores.open(fresh)) {
            assertThat(history.present(store, "format " + format)).hasSize(COMMITS);
            assertThat(store.maintenance().verify(VerifyLevel.FULL).problems()).isEmpty();
            assertThat(store.has(Bytes.bytes("other/1"))).isFalse();
            assertThat(store.entry(Bytes.bytes("other/5")).orElseThrow().metadata()).isEqualTo((byte) 7);
            store.put(Bytes.bytes("other/6"), Bytes.bytes("new"));
            store.maintenance().compact();
            assertThat(history.present(store, "compacted by this version")).hasSize(COMMITS);
        }
    }

    @Test
    void everyFormatHasItsStore() throws IOException {
        try (Stream<Path> all = Files.list(STORES)) {
            assertThat(all.map(path -> String.valueOf(path.getFileName()))).containsExactlyInAnyOrder("format-1");
        }
    }
}
