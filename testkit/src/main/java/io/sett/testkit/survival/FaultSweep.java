// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.survival;

import io.sett.api.common.Capability;
import io.sett.api.common.Durability;
import io.sett.api.error.StorageException;
import io.sett.api.kv.KVStore;
import io.sett.testkit.EngineHarness;
import io.sett.testkit.fault.CrashImages;
import io.sett.testkit.fault.CrashModel;
import io.sett.testkit.fault.Fault;
import io.sett.testkit.fault.FaultFileSystem;
import io.sett.testkit.fault.FaultPlan;
import io.sett.testkit.fault.FileOperation;
import io.sett.testkit.fault.Survival;
import java.time.Duration;
import java.util.Random;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Lets the n-th call of the file system fail, for n from 1 on until a run is clean. Whatever fails, only errors of the
 * API may come; what was acknowledged is on the device at that moment, even if a force failed before; what failed
 * without "outcome unknown" is not there; and the store opens again when the disk works again.
 *
 * <p>For one thread.
 */
public final class FaultSweep {

    private static final int SESSIONS = 2;
    private static final int COMMITS = 20;

    private final DiskStores stores;
    private final String engine;
    private final long seed;
    private int largestValue = 200;
    private int step = 1;

    /** A sweep over an engine with its settings. */
    public FaultSweep(EngineHarness harness, long seed) {
        this.stores = new DiskStores(harness);
        this.engine = harness.provider().id();
        this.seed = seed;
    }

    /** Tries the first call and, on average, every so manieth one after it. */
    public FaultSweep step(int calls) {
        step = calls;
        return this;
    }

    /** Bytes of the largest values. */
    public FaultSweep largestValue(int bytes) {
        largestValue = bytes;
        return this;
    }

    /**
     * Runs it.
     *
     * @param sticky whether all later calls fail as well
     * @return the number of runs in which a call failed
     */
    public int run(FileOperation operation, Fault fault, boolean sticky) {
        int runs = 0;
        Random random = new Random(seed);
        for (long number = 1; ; number += 1 + random.nextInt(2 * step - 1)) {
            FaultPlan plan = FaultPlan.fail(operation, number, fault);
            if (sticky) {
                plan.sticky();
            }
            if (operation == FileOperation.WRITE && number % 2 == 0) {
                plan.torn();
            }
            if (!once(plan)) {
                return runs;
            }
            runs++;
        }
    }

    /** Whether something failed. */
    private boolean once(FaultPlan plan) {
        String when = "seed " + seed + ", engine '" + engine + "', " + plan;
        FaultFileSystem disk = FaultFileSystem.create();
        disk.directory(DiskStores.ROOT);
        CommitHistory history = new CommitHistory(seed, largestValue, Durability.SYNC, disk::changes);
        disk.plan(plan);
        try {
            for (int session = 0; session < SESSIONS && !hasLostPages(plan); session++) {
                KVStore store = openOrNull(disk);
                if (store != null) {
                    use(store, history, disk, when);
                }
            }
        } catch (RuntimeException e) {
            throw new AssertionError(when + " on " + plan.firstFailure().orElse("nothing") + ": " + e, e);
        }
        disk.clearPlans();
        String after = when + " on " + plan.firstFailure().orElse("nothing") + ", opened again";
        try (KVStore store = stores.open(disk)) {
            SortedSet<Integer> present = history.present(store, after);
            history.requireOutcomes(present, after);
            if (history.commit(store) != CommitHistory.Outcome.ACKNOWLEDGED) {
                throw new AssertionError(after + ": no writes: " + history.lastError());
            }
        } catch (RuntimeException e) {
            throw new AssertionError(after + ": " + e, e);
        }
        if (disk.openHandles() != 0) {
            throw new AssertionError(after + " and closed: still open are " + disk.openFiles());
        }
        return plan.failures() > 0;
    }

    private @Nullable KVStore openOrNull(FaultFileSystem disk) {
        try {
            return stores.open(disk);
        } catch (StorageException expected) {
            return null;
        }
    }

    private void use(KVStore store, CommitHistory history, FaultFileSystem disk, String when) {
        try {
            for (int i = 0; i < COMMITS; i++) {
                history.commit(store);
                stores.advance(Duration.ofSeconds(6));
            }
            compact(store);
            try {
                history.requireOutcomes(history.present(store, when + ", live"), when + ", live");
            } catch (StorageException unreadable) {
                // A read that failed is an answer; a wrong one is not.
            }
            requireOnDevice(history, disk, when + ", power cut behind it");
        } finally {
            try {
                store.close();
            } catch (StorageException told) {
                // It must end, not succeed.
            }
        }
    }

    /**
     * After a failed force the system may show bytes that the device has not; only a restart of the machine tells, so
     * no store is opened on them for writing.
     */
    private static boolean hasLostPages(FaultPlan plan) {
        return plan.operation() == FileOperation.FORCE && plan.failures() > 0;
    }

    private static void compact(KVStore store) {
        if (store.supports(Capability.COMPACTION)) {
            try {
                store.maintenance().compact();
            } catch (StorageException told) {
                // Work by hand may fail, as long as it says so.
            }
        }
    }

    /** What was acknowledged does not need the store to be closed. */
    private void requireOnDevice(CommitHistory history, FaultFileSystem disk, String when) {
        FaultFileSystem image = CrashImages.of(disk, CrashModel.STRICT).at(disk.changes(), Survival.FORCED, seed);
        if (history.acknowledgedAt(Long.MAX_VALUE) == 0) {
            return;
        }
        try (KVStore store = stores.open(image)) {
            SortedSet<Integer> present = history.present(store, when);
            history.requireOutcomes(present, when);
        }
    }
}
