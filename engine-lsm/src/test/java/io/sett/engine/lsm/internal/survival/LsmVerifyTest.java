// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sett.api.common.Durability;
import io.sett.api.common.Progress;
import io.sett.api.error.CorruptionException;
import io.sett.api.error.StorageException;
import io.sett.api.kv.KVStore;
import io.sett.api.kv.VerifyLevel;
import io.sett.api.kv.VerifyReport;
import io.sett.testkit.fault.FaultFileSystem;
import io.sett.testkit.survival.CommitHistory;
import io.sett.testkit.survival.Damage;
import io.sett.testkit.survival.DiskStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A check finds what is planted, in an open store or by its opening, and nothing in a sound one. */
class LsmVerifyTest {

    private final FaultFileSystem disk = FaultFileSystem.create();
    private final Path root = disk.directory(DiskStores.ROOT);
    private final DiskStores stores = new DiskStores(LsmHarness.separating());
    private Path old;

    @BeforeEach
    void fill() throws IOException {
        CommitHistory history = new CommitHistory(7, 2_000, Durability.SYNC, disk::changes);
        old = disk.directory("/old");
        try (KVStore store = stores.open(disk)) {
            for (int i = 0; i < 500; i++) {
                history.commit(store);
                if (i == 300) {
                    copyTo(old);
                }
                if (i % 200 == 199) {
                    store.maintenance().compact();
                }
            }
        }
    }

    private void copyTo(Path target) throws IOException {
        for (Path file : files("")) {
            String name = file.getFileName().toString();
            if (name.startsWith("MANIFEST")) {
                Files.copy(file, target.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private List<Path> files(String suffix) throws IOException {
        try (Stream<Path> all = Files.list(root)) {
            return all.filter(file -> file.toString().endsWith(suffix)
                    || String.valueOf(file.getFileName()).startsWith(suffix)).sorted().toList();
        }
    }

    /** What is damaged, how, and where between 0 and 1. */
    static Stream<Arguments> planted() {
        return Stream.of(arguments(".sst", Damage.REMOVE, 0), arguments(".sst", Damage.TRUNCATE, 0.9),
                arguments(".sst", Damage.FLIP, 0.01), arguments(".sst", Damage.FLIP, 0.4),
                arguments(".sst", Damage.FLIP, 0.999), arguments(".sst", Damage.APPEND, 0),
                arguments(".sst", Damage.SWAP, 0), arguments(".wal", Damage.REMOVE, 0),
                arguments(".wal", Damage.EMPTY, 0), arguments(".wal", Damage.FLIP, 0.0001),
                arguments(".wal", Damage.FLIP, 0.3), arguments(".wal", Damage.ZERO, 0.3),
                arguments(".wal", Damage.SWAP, 0), arguments("MANIFEST", Damage.FLIP, 0.3),
                arguments("MANIFEST", Damage.EMPTY, 0), arguments("MANIFEST", Damage.STALE, 0),
                arguments("CURRENT", Damage.REMOVE, 0), arguments("CURRENT", Damage.FLIP, 0.5));
    }

    /** Of the logs the last one, since in older ones much is dead. */
    private static Path victim(List<Path> candidates, String kind) {
        return candidates.get(kind.equals(".wal") ? candidates.size() - 1 : 0);
    }

    private Path other(Path file, List<Path> candidates, Damage damage) {
        return damage == Damage.STALE ? old.resolve(file.getFileName().toString())
                : candidates.stream().filter(one -> !one.equals(file)).findFirst().orElse(file);
    }

    @ParameterizedTest
    @MethodSource("planted")
    void whatIsPlantedIsFound(String kind, Damage damage, double place) throws IOException {
        List<Path> candidates = files(kind);
        assertThat(candidates).as("files of kind %s", kind).isNotEmpty();
        Path file = victim(candidates, kind);
        Path other = other(file, candidates, damage);
        assertThat(damage.apply(file, (long) (Files.size(file) * place), other, new Random(1))).isTrue();
        List<String> told = new ArrayList<>();
        try (KVStore store = stores.open(disk)) {
            told.addAll(store.maintenance().verify(VerifyLevel.FULL).problems());
        } catch (StorageException e) {
            assertThat(e).isInstanceOf(CorruptionException.class);
            assertThat(e.details()).containsKeys("file", "offset");
            told.add(e.getMessage());
        }
        assertThat(told).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("planted")
    void whatGoesBadUnderAnOpenStoreIsFound(String kind, Damage damage, double place) throws IOException {
        try (KVStore store = stores.open(disk)) {
            Path file = victim(files(kind), kind);
            Path other = other(file, files(kind), damage);
            if (!damage.apply(file, (long) (Files.size(file) * place), other, new Random(1))) {
                return;
            }
            VerifyReport report = store.maintenance().verify(VerifyLevel.FULL);
            assertThat(report.problems()).anyMatch(problem -> problem.contains(String.valueOf(file.getFileName())));
        }
    }

    @Test
    void aSoundStoreIsSoundAndProgressGoesForward() {
        try (KVStore store = stores.open(disk)) {
            Map<String, Long> done = new HashMap<>();
            List<String> phases = new ArrayList<>();
            VerifyReport report = store.maintenance().verify(VerifyLevel.FULL, (Progress progress) -> {
                assertThat(progress.done()).isGreaterThanOrEqualTo(done.getOrDefault(progress.phase(), 0L));
                if (done.put(progress.phase(), progress.done()) == null) {
                    phases.add(progress.phase());
                }
            });
            assertThat(report.problems()).isEmpty();
            assertThat(phases).containsExactly("manifest", "tables", "values", "logs");
            assertThat(report.checkedBytes()).isPositive();
            assertThat(store.maintenance().verify(VerifyLevel.QUICK).isHealthy()).isTrue();
        }
    }
}
