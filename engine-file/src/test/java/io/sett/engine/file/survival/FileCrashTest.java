// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.survival;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.error.CorruptionException;
import io.sett.api.file.FileOutput;
import io.sett.api.file.FileStore;
import io.sett.api.file.SaveOptions;
import io.sett.engine.file.LocalFiles;
import io.sett.testkit.Bytes;
import io.sett.testkit.Stress;
import io.sett.testkit.fault.CrashImages;
import io.sett.testkit.fault.CrashModel;
import io.sett.testkit.fault.FaultFileSystem;
import io.sett.testkit.fault.Survival;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The power goes at every change of the file system: each file is what it was or what it was becoming, whole. */
class FileCrashTest {

    private static final String ROOT = "/data";

    @ParameterizedTest
    @EnumSource(CrashModel.class)
    void whateverIsLeftIsTheStateBeforeOrAfterTheStepUnderWay(CrashModel model) throws IOException {
        for (int i = 0; i < Stress.times(1, 30); i++) {
            crashEverywhere("file", Stress.seed(), model, 1);
        }
    }

    @ParameterizedTest
    @EnumSource(CrashModel.class)
    void soItIsInAKeyValueStore(CrashModel model) throws IOException {
        for (int i = 0; i < Stress.times(1, 10); i++) {
            crashEverywhere("badger", Stress.seed(), model, Stress.times(7, 1));
        }
    }

    /** At every so manieth change. */
    private static void crashEverywhere(String engine, long seed, CrashModel model, int stride) throws IOException {
        FaultFileSystem disk = FaultFileSystem.create();
        Path root = disk.directory(ROOT);
        List<FileStep> steps = FileStep.history(seed, 25);
        List<Map<String, byte[]>> states = new ArrayList<>();
        List<Long> done = new ArrayList<>();
        states.add(new TreeMap<>());
        try (FileStore store = FileStores.open(engine, root)) {
            done.add(disk.changes());
            for (FileStep step : steps) {
                step.run(store);
                states.add(step.applied(states.get(states.size() - 1)));
                done.add(disk.changes());
            }
        }
        CrashImages images = CrashImages.of(disk, model);
        for (long point = 0; point <= disk.changes(); point += stride) {
            int acknowledged = 0;
            while (acknowledged + 1 < done.size() && done.get(acknowledged + 1) <= point) {
                acknowledged++;
            }
            for (Survival survival : Survival.values()) {
                String when = engine + ", seed " + seed + ", " + model + ", " + survival + ", " + disk.describe(point)
                        + ", acknowledged " + acknowledged + " of " + steps;
                List<Map<String, byte[]>> allowed =
                        states.subList(acknowledged, Math.min(states.size(), acknowledged + 2));
                requireOneOf(engine, images.at(point, survival, seed), allowed, when);
            }
        }
    }

    private static void requireOneOf(String engine, FaultFileSystem image, List<Map<String, byte[]>> allowed,
            String when) throws IOException {
        Path root = image.directory(ROOT);
        try (FileStore store = FileStores.open(engine, root)) {
            Map<String, byte[]> found = FileStep.contents(store);
            if (allowed.stream().noneMatch(state -> FileStep.same(state, found))) {
                throw new AssertionError(when + ": expected one of " + allowed.stream().map(FileStep::shown).toList()
                        + ", found " + FileStep.shown(found));
            }
            if (engine.equals("file")) {
                try (Stream<Path> halves = Files.list(root.resolve("new"))) {
                    assertThat(halves).as(when).isEmpty();
                }
            }
            store.save("d/e/after", new byte[10]);
            assertThat(store.load("d/e/after")).hasSize(10);
        } catch (RuntimeException failed) {
            throw new AssertionError(when + ": " + failed, failed);
        }
        assertThat(image.openHandles()).as(when).isZero();
    }

    @Test
    void withoutForcingAFileIsOldOrNewOrReportedAsDamagedNeverWrong() {
        FaultFileSystem disk = FaultFileSystem.create();
        Path root = disk.directory(ROOT);
        byte[] old = Bytes.pattern(3000, 1);
        byte[] fresh = Bytes.pattern(70_000, 2);
        try (FileStore store = LocalFiles.open(root)) {
            store.save("a", old);
            long before = disk.changes();
            store.save("a", fresh, SaveOptions.defaults().withSync(false));
            CrashImages images = CrashImages.of(disk, CrashModel.STRICT);
            for (long point = before; point <= disk.changes(); point++) {
                for (long seed = 0; seed < 20; seed++) {
                    try (FileStore again = LocalFiles.open(images.at(point, Survival.RANDOM, seed).directory(ROOT))) {
                        byte[] found = again.load("a");
                        assertThat(Arrays.equals(found, old) || Arrays.equals(found, fresh)).as("seed %d", seed)
                                .isTrue();
                    } catch (CorruptionException reported) {
                        assertThat(reported.getMessage()).contains("damaged");
                    }
                }
            }
        }
    }

    @Test
    void aStreamThatWasNotCommittedLeavesNothing() throws IOException {
        FaultFileSystem disk = FaultFileSystem.create();
        try (FileStore store = LocalFiles.open(disk.directory(ROOT))) {
            store.save("a", new byte[10]);
            FileOutput out = store.openWrite("a");
            out.write(new byte[200_000]);
            for (Survival survival : Survival.values()) {
                requireOneOf("file", CrashImages.of(disk, CrashModel.STRICT).at(disk.changes(), survival, 1),
                        List.of(Map.of("a", new byte[10])), survival.toString());
            }
            out.close();
        }
    }
}
