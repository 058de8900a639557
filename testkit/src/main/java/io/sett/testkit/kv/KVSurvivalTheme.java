// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.common.Capability;
import io.sett.api.common.Durability;
import io.sett.api.error.StorageException;
import io.sett.api.kv.KVStore;
import io.sett.testkit.Stress;
import io.sett.testkit.Theme;
import io.sett.testkit.fault.CrashModel;
import io.sett.testkit.fault.Fault;
import io.sett.testkit.fault.FaultFileSystem;
import io.sett.testkit.fault.FileOperation;
import io.sett.testkit.survival.CrashCheck;
import io.sett.testkit.survival.DamageSweep;
import io.sett.testkit.survival.DiskStores;
import io.sett.testkit.survival.FaultSweep;
import io.sett.testkit.survival.SpaceSweep;
import org.junit.jupiter.api.Test;

/**
 * Power cuts, failing calls, full disks and damaged files, for engines that keep their data through
 * {@link java.nio.file.Path}. An engine that needs the default file system must say so by an error of the API; one that
 * keeps nothing must leave nothing on the disk.
 */
@Theme("power cuts, faults")
public interface KVSurvivalTheme extends KVTheme {

    /** Whether the engine keeps data in the file system of the kit; if not, how it refuses is checked. */
    private boolean keepsData() {
        FaultFileSystem disk = FaultFileSystem.create();
        disk.directory(DiskStores.ROOT);
        if (!offers(Capability.PERSISTENT)) {
            try (KVStore store = new DiskStores(fixture().harness()).open(disk)) {
                store.put(new byte[] {1}, new byte[] {1});
            }
            assertThat(disk.changes()).as("what a store that is not persistent did on the disk").isZero();
            return false;
        }
        if (!offers(Capability.SYNC_WRITES)) {
            return false;
        }
        try {
            new DiskStores(fixture().harness()).open(disk).close();
            return disk.changes() > 0;
        } catch (StorageException refused) {
            assertThat(refused.getMessage()).as("an engine that needs the default file system says so")
                    .containsIgnoringCase("file system");
            return false;
        }
    }

    @Test
    default void powerCutsLeaveTheFirstCommits() {
        if (keepsData()) {
            for (CrashModel model : CrashModel.values()) {
                new CrashCheck(fixture().harness(), Stress.seed()).model(model)
                        .sizes(Stress.times(30, 300), Stress.times(15, 1000)).run();
            }
        }
    }

    @Test
    default void powerCutsLeaveAPrefixWhereNothingIsForced() {
        if (keepsData()) {
            new CrashCheck(fixture().harness(), Stress.seed()).durability(Durability.PROCESS)
                    .sizes(Stress.times(30, 300), Stress.times(15, 1000)).run();
        }
    }

    @Test
    default void failingCallsLoseNothingThatWasAcknowledged() {
        if (keepsData()) {
            for (FileOperation operation : FileOperation.values()) {
                Fault fault = operation.ordinal() % 2 == 0 ? Fault.EIO : Fault.ENOSPC;
                boolean often = operation == FileOperation.WRITE || operation == FileOperation.FORCE
                        || operation == FileOperation.READ;
                new FaultSweep(fixture().harness(), Stress.seed()).step(Stress.times(often ? 60 : 8, 1))
                        .run(operation, fault, operation == FileOperation.FORCE);
            }
        }
    }

    @Test
    default void fullDisksStopWritesAndNothingElse() {
        if (keepsData()) {
            new SpaceSweep(fixture().harness(), Stress.seed()).run(Stress.times(5, 100));
        }
    }

    @Test
    default void damagedFilesNeverGiveWrongData() {
        if (keepsData()) {
            DamageSweep.Result result = new DamageSweep(fixture().harness(), Stress.seed(), true)
                    .run(Stress.times(4, 1000));
            assertThat(result.cases()).as("cases of damage: %s", result).isPositive();
        }
    }
}
