// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.survival;

import io.sett.api.common.Durability;
import io.sett.api.error.OutOfSpaceException;
import io.sett.api.error.StorageException;
import io.sett.api.kv.KVStore;
import io.sett.testkit.EngineHarness;
import io.sett.testkit.fault.FaultFileSystem;
import java.time.Duration;

/**
 * Fills the disk, at many levels: writes then fail with an {@link OutOfSpaceException} and nothing is lost; reads go
 * on; when there is room again writes go on by themselves; and the store opens again, full disk or not.
 *
 * <p>For one thread.
 */
public final class SpaceSweep {

    private static final int COMMITS = 60;

    private final DiskStores stores;
    private final String engine;
    private final long seed;
    private int largestValue = 2000;

    /** A sweep over an engine with its settings. */
    public SpaceSweep(EngineHarness harness, long seed) {
        this.stores = new DiskStores(harness);
        this.engine = harness.provider().id();
        this.seed = seed;
    }

    /** Bytes of the largest values. */
    public SpaceSweep largestValue(int bytes) {
        largestValue = bytes;
        return this;
    }

    /**
     * Runs it.
     *
     * @param levels how many sizes of a disk are tried, from nothing to what all commits need
     * @return the number of levels at which the disk was full
     */
    public int run(int levels) {
        FaultFileSystem large = FaultFileSystem.create();
        large.directory(DiskStores.ROOT);
        CommitHistory all = new CommitHistory(seed, largestValue, Durability.SYNC, large::changes);
        long most = 0;
        try (KVStore store = stores.open(large)) {
            for (int i = 0; i < COMMITS; i++) {
                all.commit(store);
                most = Math.max(most, large.usedSpace());
            }
        }
        int full = 0;
        for (int level = 0; level < levels; level++) {
            full += fill(most * level / levels) ? 1 : 0;
        }
        return full;
    }

    private boolean fill(long space) {
        String when = "seed " + seed + ", engine '" + engine + "', a disk of " + space + " bytes";
        FaultFileSystem disk = FaultFileSystem.create();
        disk.directory(DiskStores.ROOT);
        disk.limitSpace(space);
        CommitHistory history = new CommitHistory(seed, largestValue, Durability.SYNC, disk::changes);
        boolean full = false;
        try (KVStore store = stores.open(disk)) {
            full = writeUntilFull(store, history, when);
            history.requireOutcomes(history.present(store, when + ", full"), when + ", full");
            disk.limitSpace(Long.MAX_VALUE);
            stores.advance(Duration.ofMinutes(1));
            CommitHistory.Outcome outcome = history.commit(store);
            if (outcome != CommitHistory.Outcome.ACKNOWLEDGED) {
                throw new AssertionError(when + ": with room again writes do not go on: " + history.lastError());
            }
        } catch (OutOfSpaceException atOpening) {
            disk.limitSpace(Long.MAX_VALUE);
            full = true;
        } catch (StorageException e) {
            throw new AssertionError(when + ": " + e, e);
        }
        try (KVStore store = stores.open(disk)) {
            history.requireOutcomes(history.present(store, when + ", opened again"), when + ", opened again");
        } catch (StorageException e) {
            throw new AssertionError(when + ", opened again: " + e, e);
        }
        return full;
    }

    private boolean writeUntilFull(KVStore store, CommitHistory history, String when) {
        int failures = 0;
        for (int i = 0; i < COMMITS && failures < 5; i++) {
            if (history.commit(store) != CommitHistory.Outcome.ACKNOWLEDGED) {
                failures++;
                if (!history.lastError().contains("OutOfSpace") && !history.lastError().contains("DISK_SPACE")) {
                    throw new AssertionError(when + ": the error should be OutOfSpaceException, is "
                            + history.lastError());
                }
            }
        }
        return failures > 0;
    }
}
