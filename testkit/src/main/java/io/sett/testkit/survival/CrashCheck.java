// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.survival;

import io.sett.api.common.Capability;
import io.sett.api.common.Durability;
import io.sett.api.common.KeyRange;
import io.sett.api.common.ProgressListener;
import io.sett.api.kv.KVStore;
import io.sett.testkit.EngineHarness;
import io.sett.testkit.fault.CrashImages;
import io.sett.testkit.fault.CrashModel;
import io.sett.testkit.fault.FaultFileSystem;
import io.sett.testkit.fault.Survival;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.SortedSet;

/**
 * Power cuts: a store is written, with flushing, compaction, garbage collection and reopening on the way, on a file
 * system that records; then it is opened from what a crash may have left at random moments. Each time it must
 * open, hold exactly the first m commits with acknowledged ≤ m ≤ begun, hold the same after one more crash while it was
 * opened, and take writes again.
 *
 * <p>For one thread. Cost: some milliseconds for an image.
 */
public final class CrashCheck {

    private final DiskStores stores;
    private final EngineHarness harness;
    private final long seed;
    private int commits = 60;
    private int images = 50;
    private int largestValue = 200;
    private CrashModel model = CrashModel.STRICT;
    private Durability durability = Durability.SYNC;

    /** A check of an engine with its settings. */
    public CrashCheck(EngineHarness harness, long seed) {
        this.harness = harness;
        this.stores = new DiskStores(harness);
        this.seed = seed;
    }

    /** How many commits are made, and from how many crash images the store is opened. */
    public CrashCheck sizes(int commitCount, int imageCount) {
        commits = commitCount;
        images = imageCount;
        return this;
    }

    /** Bytes of the largest values. */
    public CrashCheck largestValue(int bytes) {
        largestValue = bytes;
        return this;
    }

    /** What the file system promises about names. */
    public CrashCheck model(CrashModel names) {
        model = names;
        return this;
    }

    /** Without forcing, the state after a crash must still be a prefix, but it may be any. */
    public CrashCheck durability(Durability value) {
        durability = value;
        return this;
    }

    /** Runs it. */
    public void run() {
        Random random = new Random(seed);
        FaultFileSystem disk = FaultFileSystem.create();
        disk.directory(DiskStores.ROOT);
        CommitHistory history = new CommitHistory(seed, largestValue, durability, disk::changes);
        work(disk, history, random);
        long[] points = random.longs(images, 0, disk.changes() + 1).sorted().toArray();
        CrashImages crashes = CrashImages.of(disk, model);
        for (int i = 0; i < points.length; i++) {
            Survival survival = Survival.values()[Math.min(3, random.nextInt(6))];
            FaultFileSystem image = crashes.at(points[i], survival, seed + i);
            String when = "seed " + seed + ", " + model + ", " + survival + ", crash at point " + points[i] + " ("
                    + disk.describe(points[i]) + ") of engine '" + harness.provider().id() + "'";
            int least = durability == Durability.SYNC ? history.acknowledgedAt(points[i]) : 0;
            recover(image, history, least, history.begunBefore(points[i]), random, when);
        }
    }

    private void work(FaultFileSystem disk, CommitHistory history, Random random) {
        KVStore store = stores.open(disk);
        for (int i = 0; i < commits; i++) {
            if (history.commit(store) != CommitHistory.Outcome.ACKNOWLEDGED) {
                throw new AssertionError("seed " + seed + ": a commit failed on a sound disk: " + history.lastError());
            }
            switch (random.nextInt(40)) {
                case 0 -> {
                    store.close();
                    store = stores.open(disk);
                }
                case 1 -> compact(store);
                case 2 -> collect(store);
                case 3, 4, 5 -> stores.advance(Duration.ofMinutes(61));
                default -> {
                    // Most commits simply follow each other.
                }
            }
        }
        store.close();
    }

    private static void compact(KVStore store) {
        if (store.supports(Capability.COMPACTION)) {
            store.maintenance().compact(KeyRange.all(), ProgressListener.NONE);
        }
    }

    private static void collect(KVStore store) {
        if (store.supports(Capability.GARBAGE_COLLECTION)) {
            store.maintenance().garbageCollect(ProgressListener.NONE);
        }
    }

    private void recover(FaultFileSystem image, CommitHistory history, int least, int most, Random random,
            String when) {
        int found;
        try (KVStore store = open(image, when)) {
            found = prefix(store, history, when);
            if (found < least || found > most) {
                throw new AssertionError(when + ": " + found + " commits are there; " + least
                        + " were acknowledged and " + most + " begun");
            }
            crashWhileRecovering(image, history, found, random, when);
            store.put("after".getBytes(java.nio.charset.StandardCharsets.UTF_8), new byte[] {1});
        } catch (RuntimeException e) {
            throw new AssertionError(when + ": " + e, e);
        }
        if (random.nextInt(4) == 0) {
            try (KVStore again = open(image, when + ", opened again")) {
                require(again.has("after".getBytes(java.nio.charset.StandardCharsets.UTF_8)), when
                        + ": what was written after recovering is lost by closing and opening");
                require(prefix(again, history, when) == found, when + ": opening again changed the commits");
            }
        }
    }

    private void crashWhileRecovering(FaultFileSystem image, CommitHistory history, int found, Random random,
            String when) {
        long point = random.nextLong(image.changes() + 1);
        Survival survival = Survival.values()[random.nextInt(4)];
        String again = when + ", and again while recovering, " + survival + " at " + point;
        FaultFileSystem second = CrashImages.of(image, model).at(point, survival, seed);
        try (KVStore store = open(second, again)) {
            int now = prefix(store, history, again);
            require(now == found, again + ": " + now + " commits instead of " + found);
        }
    }

    private KVStore open(FaultFileSystem image, String when) {
        try {
            return stores.open(image.getPath(DiskStores.ROOT), Map.of());
        } catch (RuntimeException e) {
            throw new AssertionError(when + ": the store does not open: " + e, e);
        }
    }

    private static int prefix(KVStore store, CommitHistory history, String when) {
        SortedSet<Integer> present = history.present(store, when);
        int last = present.isEmpty() ? 0 : present.last();
        require(present.size() == last, when + ": the commits are not the first ones, but " + present);
        return last;
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new AssertionError(message);
        }
    }
}
