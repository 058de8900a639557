// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sett.api.common.ProgressListener;
import io.sett.api.error.CorruptionException;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.event.EventType;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.KVStore;
import io.sett.api.kv.RepairReport;
import io.sett.api.kv.VerifyLevel;
import io.sett.engine.lsm.Lsm;
import io.sett.testkit.Bytes;
import io.sett.testkit.Stress;
import io.sett.testkit.fault.CrashImages;
import io.sett.testkit.fault.CrashModel;
import io.sett.testkit.fault.FaultFileSystem;
import io.sett.testkit.fault.Survival;
import io.sett.testkit.survival.Damage;
import io.sett.testkit.survival.DiskStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A repair saves what is whole, reports the rest, brings no old value back, and deletes nothing. */
class LsmRepairTest {

    private final FaultFileSystem disk = FaultFileSystem.create();
    private final Path root = disk.directory(DiskStores.ROOT);
    private final Path target = disk.getPath("/repaired");
    private final DiskStores stores = new DiskStores(LsmHarness.separating());
    private final TreeMap<String, byte[]> newest = new TreeMap<>();
    private Map<String, byte[]> files = new TreeMap<>();

    /** Every key has three versions, older ones compacted, the newest in younger tables and the log. */
    @BeforeEach
    void fill() throws IOException {
        try (KVStore store = stores.open(disk)) {
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < 300; i++) {
                    String key = String.format("key%04d", i);
                    byte[] value = Bytes.pattern(i % 3 == 0 ? 400 : 20, round * 1000L + i);
                    store.put(Bytes.bytes(key), value);
                    newest.put(key, value);
                    if (i % 10 == round) {
                        store.delete(Bytes.bytes(key));
                        newest.remove(key);
                    }
                }
                if (round < 2) {
                    store.maintenance().compact();
                }
            }
        }
        files = content();
    }

    private Map<String, byte[]> content() throws IOException {
        Map<String, byte[]> content = new TreeMap<>();
        try (Stream<Path> all = Files.list(root)) {
            for (Path file : all.toList()) {
                if (!file.endsWith("LOCK")) {
                    content.put(String.valueOf(file.getFileName()), Files.readAllBytes(file));
                }
            }
        }
        return content;
    }

    private RepairReport repair() {
        return Lsm.repair(root, target, ProgressListener.NONE);
    }

    private static boolean isLost(RepairReport report, String key) {
        return report.lost().stream().anyMatch(range -> range.contains(Bytes.bytes(key)));
    }

    /** What is there is the newest; what is not is reported. */
    private int check(RepairReport report, String when, boolean logWhole) {
        try (KVStore store = stores.open(target, Map.of())) {
            int found = 0;
            try (Cursor cursor = store.iterate(new byte[0])) {
                while (cursor.next()) {
                    String key = Bytes.text(cursor.key());
                    assertThat(!logWhole || Arrays.equals(cursor.value(), newest.get(key)))
                            .as("%s: %s has its newest value", when, key).isTrue();
                    found++;
                }
            }
            for (String key : newest.keySet()) {
                assertThat(!logWhole || store.has(Bytes.bytes(key)) || isLost(report, key))
                        .as("%s: %s is there or reported as lost, %s", when, key, report).isTrue();
            }
            assertThat(store.maintenance().verify(VerifyLevel.FULL).problems()).as(when).isEmpty();
            store.put(Bytes.bytes("after"), Bytes.bytes("repair"));
            return found;
        }
    }

    @Test
    void aSoundStoreIsCopiedWhole() throws IOException {
        RepairReport report = repair();
        assertThat(report.isComplete()).as("%s", report).isTrue();
        assertThat(check(report, "sound", true)).isEqualTo(newest.size());
        assertThat(content().keySet()).isEqualTo(files.keySet());
    }

    @Test
    void aDamagedBlockCostsItsKeysAlone() throws IOException {
        Path table = tables().get(0);
        Damage.FLIP.apply(table, Files.size(table) / 2, table, new Random(1));
        Map<String, byte[]> before = content();
        RepairReport report = repair();
        assertThat(report.lost()).isNotEmpty();
        assertThat(report.problems()).anyMatch(problem -> problem.contains(String.valueOf(table.getFileName())));
        assertThat(check(report, "one block", true)).isGreaterThan(newest.size() / 2);
        assertThat(content()).as("the damaged store is as it was").containsExactlyEntriesOf(before);
    }

    private List<Path> tables() throws IOException {
        try (Stream<Path> all = Files.list(root)) {
            return all.filter(file -> file.toString().endsWith(".sst")).sorted().toList();
        }
    }

    @Test
    void withoutManifestAndCurrentTheTablesTell() throws IOException {
        Files.delete(root.resolve("CURRENT"));
        RepairReport report = repair();
        assertThat(report.problems()).isNotEmpty();
        assertThat(check(report, "no CURRENT", true)).isEqualTo(newest.size());
    }

    @Test
    void whateverIsDamagedNoOldValueComesBack() throws IOException {
        long seed = Stress.seed();
        Random random = new Random(seed);
        for (int round = 0; round < Stress.times(40, 2_000); round++) {
            FaultFileSystem copy = FaultFileSystem.create();
            Path place = copy.directory(DiskStores.ROOT);
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Files.write(place.resolve(file.getKey()), file.getValue());
            }
            List<String> names = List.copyOf(files.keySet());
            String name = names.get(random.nextInt(names.size()));
            Path file = place.resolve(name);
            Damage damage = List.of(Damage.FLIP, Damage.ZERO, Damage.TRUNCATE, Damage.EMPTY, Damage.REMOVE)
                    .get(random.nextInt(5));
            damage.apply(file, random.nextInt((int) Files.size(file)), file, random);
            String when = "seed " + seed + ", round " + round + ", " + damage + " of " + name;
            RepairReport report = Lsm.repair(place, copy.getPath("/repaired"), ProgressListener.NONE);
            try (KVStore store = stores.open(copy.getPath("/repaired"), Map.of())) {
                assertThat(store.maintenance().verify(VerifyLevel.FULL).problems()).as(when).isEmpty();
                for (String key : newest.keySet()) {
                    byte[] value = store.get(Bytes.bytes(key)).orElse(null);
                    assertThat(Arrays.equals(value, newest.get(key)) || isLost(report, key)
                            || !name.endsWith(".sst") && !report.isComplete()).as("%s: %s, %s", when, key, report)
                            .isTrue();
                }
            }
        }
    }

    private void removeATable() throws IOException {
        Files.delete(tables().get(0));
    }

    @Test
    void openingFailsOrRepairsAsThePolicySays() throws IOException {
        removeATable();
        assertThatThrownBy(() -> stores.open(disk)).isInstanceOf(CorruptionException.class);
        Map<String, byte[]> before = content();
        try (KVStore store = stores.open(root, Map.of("on_damage", "repair"))) {
            assertThat(store.maintenance().verify(VerifyLevel.FULL).problems()).isEmpty();
            assertThat(stores.events().all()).anyMatch(event -> event.type() == EventType.REPAIRED);
            store.put(Bytes.bytes("after"), Bytes.bytes("repair"));
        }
        Path damaged = disk.getPath("/data.damaged-1");
        for (Map.Entry<String, byte[]> file : before.entrySet()) {
            assertThat(Files.readAllBytes(damaged.resolve(file.getKey()))).isEqualTo(file.getValue());
        }
        try (KVStore store = stores.open(disk)) {
            assertThat(store.has(Bytes.bytes("after"))).isTrue();
        }
    }

    @Test
    void aRepairAtOpeningMayBeBrokenOffAnywhere() throws IOException {
        removeATable();
        disk.settle();
        Map<String, Object> repair = Map.of("on_damage", "repair");
        long keys;
        try (KVStore store = stores.open(root, repair)) {
            keys = store.count(new byte[0]);
        }
        CrashImages crashes = CrashImages.of(disk, CrashModel.STRICT);
        long step = Stress.times((int) (disk.changes() / 30) + 1, 1);
        for (long point = 0; point <= disk.changes(); point += step) {
            for (Survival survival : Survival.values()) {
                FaultFileSystem image = crashes.at(point, survival, point);
                try (KVStore store = stores.open(image.getPath(DiskStores.ROOT), repair)) {
                    assertThat(store.count(new byte[0])).as("%s at %s", survival, disk.describe(point))
                            .isEqualTo(keys);
                }
            }
        }
    }

    @Test
    void theTargetMustBeEmptyAndTheStoreClosed() {
        assertThatThrownBy(() -> Lsm.repair(root, root, ProgressListener.NONE))
                .isInstanceOf(InvalidOperationException.class).hasMessageContaining("must be empty");
        try (KVStore store = stores.open(disk)) {
            assertThatThrownBy(this::repair).hasMessageContaining("open already");
            assertThat(store.has(Bytes.bytes("key0005"))).isTrue();
        }
    }
}
