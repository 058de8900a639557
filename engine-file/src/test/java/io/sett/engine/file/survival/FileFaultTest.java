// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.survival;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.OutOfSpaceException;
import io.sett.api.error.StorageException;
import io.sett.api.file.FileStore;
import io.sett.engine.file.LocalFiles;
import io.sett.testkit.Stress;
import io.sett.testkit.fault.Fault;
import io.sett.testkit.fault.FaultFileSystem;
import io.sett.testkit.fault.FaultPlan;
import io.sett.testkit.fault.FileOperation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each call of the file system fails once, the disk is full at every level: only typed errors, nothing half done. */
class FileFaultTest {

    private static final String ROOT = "/data";

    @ParameterizedTest
    @EnumSource(FileOperation.class)
    void theNthCallFailsUntilARunIsClean(FileOperation operation) {
        long seed = Stress.seed();
        List<FileStep> steps = FileStep.history(seed, 12);
        int runs = 0;
        boolean failed = true;
        for (long number = 1; failed; number++) {
            FaultPlan plan = FaultPlan.fail(operation, number, number % 2 == 0 ? Fault.EIO : Fault.ENOSPC);
            failed = run(operation == FileOperation.WRITE && number % 3 == 0 ? plan.torn() : plan, steps,
                    "seed " + seed + ", " + plan);
            runs++;
        }
        assertThat(runs).isPositive();
    }

    /** Whether something failed. */
    private static boolean run(FaultPlan plan, List<FileStep> steps, String when) {
        FaultFileSystem disk = FaultFileSystem.create();
        Path root = disk.directory(ROOT);
        disk.plan(plan);
        Map<String, byte[]> state = new TreeMap<>();
        try (FileStore store = openOrRetry(root)) {
            for (FileStep step : steps) {
                state = afterStep(store, step, state, when);
            }
        }
        disk.clearPlans();
        try (FileStore store = LocalFiles.open(root)) {
            Map<String, byte[]> found = FileStep.contents(store);
            requireSame(found, state, when + ", opened again");
            store.save("d/e/after", new byte[10]);
        }
        assertThat(disk.openFiles()).as(when).isEmpty();
        return plan.failures() > 0;
    }

    private static FileStore openOrRetry(Path root) {
        try {
            return LocalFiles.open(root);
        } catch (StorageException once) {
            return LocalFiles.open(root);
        }
    }

    /** The state of the store behind a step, be it that the step failed. */
    private static Map<String, byte[]> afterStep(FileStore store, FileStep step, Map<String, byte[]> before,
            String when) {
        boolean possible = step.kind() == FileStep.Kind.SAVE || step.kind() == FileStep.Kind.STREAM
                || step.kind() == FileStep.Kind.APPEND || before.containsKey(step.name());
        if (!possible) {
            return before;
        }
        Map<String, byte[]> after = step.applied(before);
        StorageException error = null;
        try {
            step.run(store);
        } catch (StorageException expected) {
            error = expected;
        }
        Map<String, byte[]> found = contents(store);
        String where = when + ", " + step + ", error " + error;
        if (error == null) {
            requireSame(found, after, where);
        } else if (!error.outcomeUnknown() || !FileStep.same(found, after)) {
            requireSame(found, before, where);
        }
        return found;
    }

    private static Map<String, byte[]> contents(FileStore store) {
        try {
            return FileStep.contents(store);
        } catch (StorageException readFailedOnce) {
            return FileStep.contents(store);
        }
    }

    private static void requireSame(Map<String, byte[]> found, Map<String, byte[]> wanted, String when) {
        if (!FileStep.same(found, wanted)) {
            throw new AssertionError(when + ": expected " + FileStep.shown(wanted) + ", found "
                    + FileStep.shown(found));
        }
    }

    @Test
    void aFullDiskIsToldAndNothingIsLost() {
        long seed = Stress.seed();
        List<FileStep> steps = FileStep.history(seed, 25);
        int full = 0;
        for (long space = 2000; space < 400_000; space += 7000) {
            full += fill(space, steps, "seed " + seed + ", a disk of " + space + " bytes") ? 1 : 0;
        }
        assertThat(full).isGreaterThan(5);
    }

    private static boolean fill(long space, List<FileStep> steps, String when) {
        FaultFileSystem disk = FaultFileSystem.create();
        Path root = disk.directory(ROOT);
        boolean full = false;
        Map<String, byte[]> state = new TreeMap<>();
        try (FileStore store = LocalFiles.open(root)) {
            disk.limitSpace(space);
            for (FileStep step : steps) {
                @Nullable StorageException error = null;
                Map<String, byte[]> before = state;
                if (step.kind() == FileStep.Kind.COPY || step.kind() == FileStep.Kind.MOVE
                        || step.kind() == FileStep.Kind.DELETE) {
                    if (!before.containsKey(step.name())) {
                        continue;
                    }
                }
                try {
                    step.run(store);
                    state = step.applied(before);
                } catch (OutOfSpaceException expected) {
                    error = expected;
                    assertThat(expected.code()).isEqualTo(ErrorCode.INSUFFICIENT_DISK_SPACE);
                    full = true;
                }
                requireSame(FileStep.contents(store), state, when + ", " + step + ", error " + error);
            }
            disk.limitSpace(Long.MAX_VALUE);
            store.save("a", new byte[100_000]);
            state.put("a", new byte[100_000]);
        }
        try (FileStore store = LocalFiles.open(root)) {
            requireSame(FileStep.contents(store), state, when + ", opened again");
        }
        return full;
    }
}
