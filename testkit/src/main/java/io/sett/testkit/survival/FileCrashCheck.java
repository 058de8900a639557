// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.survival;

import io.sett.api.error.KeyNotFoundException;
import io.sett.api.file.FileStore;
import io.sett.testkit.Bytes;
import io.sett.testkit.EngineHarness;
import io.sett.testkit.fault.CrashImages;
import io.sett.testkit.fault.CrashModel;
import io.sett.testkit.fault.FaultFileSystem;
import io.sett.testkit.fault.Survival;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Power cuts and files: names are saved again and again and deleted; whatever a crash leaves, each name has the whole
 * content of its last acknowledged save or of a later one, or is missing where a deletion allows it, and the store
 * takes new files. For one thread.
 */
public final class FileCrashCheck {

    /** A save, or a deletion when there is no content. */
    private record Step(String name, byte @Nullable [] content, long begun, long ended) {
    }

    private static final int NAMES = 6;

    private final DiskStores stores;
    private final String engine;
    private final long seed;
    private final Random random;
    private final List<Step> steps = new ArrayList<>();

    /** A check of an engine with its settings. */
    public FileCrashCheck(EngineHarness harness, long seed) {
        this.stores = new DiskStores(harness);
        this.engine = harness.provider().id();
        this.seed = seed;
        this.random = new Random(seed);
    }

    /** Runs it with so many saves and so many crash images. */
    public void run(CrashModel model, int saves, int images) {
        FaultFileSystem disk = FaultFileSystem.create();
        disk.directory(DiskStores.ROOT);
        try (FileStore store = open(disk)) {
            for (int i = 0; i < saves; i++) {
                step(store, disk, i);
            }
        }
        CrashImages crashes = CrashImages.of(disk, model);
        for (long point : random.longs(images, 0, disk.changes() + 1).sorted().toArray()) {
            Survival survival = Survival.values()[random.nextInt(4)];
            String when = "seed " + seed + ", engine '" + engine + "', " + model + ", " + survival + ", crash at point "
                    + point + " (" + disk.describe(point) + ")";
            try (FileStore store = open(crashes.at(point, survival, seed))) {
                for (int name = 0; name < NAMES; name++) {
                    check(store, "dir/file" + name, point, when);
                }
                store.save("after", new byte[] {1});
            } catch (RuntimeException e) {
                throw new AssertionError(when + ": " + e, e);
            }
        }
    }

    private FileStore open(FaultFileSystem disk) {
        return stores.open(FileStore.class, disk.getPath(DiskStores.ROOT), Map.of());
    }

    private void step(FileStore store, FaultFileSystem disk, int number) {
        String name = "dir/file" + random.nextInt(NAMES);
        boolean deletes = random.nextInt(5) == 0 && latest(name) != null;
        byte[] content = deletes ? null : Bytes.pattern(random.nextInt(5_000), number);
        long begun = disk.changes();
        if (content == null) {
            store.delete(name);
        } else {
            store.save(name, content);
        }
        steps.add(new Step(name, content, begun, disk.changes()));
    }

    private byte @Nullable [] latest(String name) {
        byte[] content = null;
        for (Step step : steps) {
            content = step.name.equals(name) ? step.content : content;
        }
        return content;
    }

    private void check(FileStore store, String name, long point, String when) {
        byte[] found;
        try {
            found = store.load(name);
        } catch (KeyNotFoundException missing) {
            found = null;
        }
        boolean allowed = found == null;
        for (Step step : steps) {
            if (step.name.equals(name) && step.begun < point) {
                boolean same = Arrays.equals(step.content, found);
                allowed = step.ended <= point ? same : allowed || same;
            }
        }
        if (!allowed) {
            throw new AssertionError(when + ": " + name + " has " + (found == null ? "gone"
                    : found.length + " bytes that it should not have"));
        }
    }
}
