// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.survival;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.error.StorageException;
import io.sett.api.file.TempFile;
import io.sett.api.file.TempStore;
import io.sett.engine.file.LocalFiles;
import io.sett.testkit.fault.CrashImages;
import io.sett.testkit.fault.CrashModel;
import io.sett.testkit.fault.Fault;
import io.sett.testkit.fault.FaultFileSystem;
import io.sett.testkit.fault.FaultPlan;
import io.sett.testkit.fault.FileOperation;
import io.sett.testkit.fault.Survival;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Temporary files and the power, and failing calls. */
class TempSurvivalTest {

    private static final String ROOT = "/temp";

    private static void use(TempStore store) {
        TempFile file = store.create("a", ".txt", new byte[100]);
        store.create("b", "", new byte[70_000]).remove();
        file.save(new byte[50]);
        store.createDir("d");
    }

    @Test
    void nothingOfADeadStoreIsThereAfterTheNextStart() throws IOException {
        FaultFileSystem disk = FaultFileSystem.create();
        TempStore dead = LocalFiles.openTemporary(disk.directory(ROOT));
        use(dead);
        long last = disk.changes();
        CrashImages images = CrashImages.of(disk, CrashModel.STRICT);
        for (long point = 0; point <= last; point++) {
            for (Survival survival : Survival.values()) {
                FaultFileSystem image = images.at(point, survival, 5);
                Path root = image.directory(ROOT);
                try (TempStore store = LocalFiles.openTemporary(root)) {
                    assertThat(store.list("")).isEmpty();
                    use(store);
                    assertThat(store.usage().files()).isEqualTo(2);
                }
                try (Stream<Path> left = Files.walk(root)) {
                    assertThat(left.filter(Files::isRegularFile).map(Path::toString)).as(disk.describe(point) + ", "
                            + survival).isEmpty();
                }
            }
        }
        dead.close();
    }

    @ParameterizedTest
    @EnumSource(FileOperation.class)
    void theNthCallFailsUntilARunIsClean(FileOperation operation) {
        boolean failed = true;
        for (long number = 1; failed; number++) {
            FaultFileSystem disk = FaultFileSystem.create();
            Path root = disk.directory(ROOT);
            FaultPlan plan = disk.plan(FaultPlan.fail(operation, number, Fault.EIO));
            try (TempStore store = LocalFiles.openTemporary(root)) {
                use(store);
            } catch (StorageException expected) {
                assertThat(plan.failures()).as("%s: %s", plan, expected).isPositive();
            }
            disk.clearPlans();
            try (TempStore store = LocalFiles.openTemporary(root)) {
                use(store);
                assertThat(store.list("")).hasSize(2);
            }
            assertThat(disk.openFiles()).as(plan.toString()).isEmpty();
            failed = plan.failures() > 0;
        }
    }
}
