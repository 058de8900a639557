// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.fault;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The disks that a power cut may leave, at any point of the record of a file system. Asking for points in rising order
 * is cheap; going back begins anew. The file system may go on changing meanwhile. For one thread.
 *
 * <p>Each image is a file system of its own, whose content counts as forced: it records in turn, so that a crash while
 * recovering from a crash can be tried too.
 */
public final class CrashImages {

    private final Disk disk;
    private final CrashModel model;
    private DiskContent durable;
    private final List<Change.Naming> names = new ArrayList<>();
    private final Map<Long, List<Change>> content = new HashMap<>();
    private long at;

    private CrashImages(Disk disk, CrashModel model) {
        this.disk = disk;
        this.model = model;
        this.durable = disk.base();
    }

    /** The images of what the file system has recorded. */
    public static CrashImages of(FaultFileSystem system, CrashModel model) {
        return new CrashImages(system.disk(), model);
    }

    /**
     * The disk after a crash.
     *
     * @param point the number of changes that had happened, from 0 to {@link FaultFileSystem#changes()}
     * @param survival what of the changes that were not forced is there
     * @param seed for {@link Survival#RANDOM}: the same seed makes the same image
     */
    public FaultFileSystem at(long point, Survival survival, long seed) {
        if (point < at) {
            durable = disk.base();
            names.clear();
            content.clear();
            at = 0;
        }
        while (at < point) {
            step(disk.change(at++));
        }
        return FaultFileSystem.of(image(survival, new Random(seed * 1_000_003 + point)));
    }

    // --- the record, step by step ---

    private void step(Change change) {
        if (change instanceof Change.Naming naming) {
            names.add(naming);
        } else if (change instanceof Change.Write write) {
            content.computeIfAbsent(write.file(), id -> new ArrayList<>()).add(change);
        } else if (change instanceof Change.Truncate truncate) {
            content.computeIfAbsent(truncate.file(), id -> new ArrayList<>()).add(change);
        } else if (change instanceof Change.Lost lost) {
            List<Change> pending = content.remove(lost.file());
            if (pending != null) {
                byte[] before = durable.files().getOrDefault(lost.file(), new byte[0]);
                durable.files().put(lost.file(), FileBytes.sizes(before, pending));
            }
        } else if (change instanceof Change.Force force) {
            List<Change> pending = content.remove(force.file());
            byte[] before = durable.files().getOrDefault(force.file(), new byte[0]);
            durable.files().put(force.file(), pending == null ? before : FileBytes.all(before, pending));
            if (model == CrashModel.JOURNALLED) {
                commitNames(null);
            }
        } else if (change instanceof Change.ForceDirectory force) {
            commitNames(model == CrashModel.JOURNALLED ? null : force.directory());
        }
    }

    private void commitNames(@Nullable Long directory) {
        for (Iterator<Change.Naming> rest = names.iterator(); rest.hasNext(); ) {
            Change.Naming change = rest.next();
            if (directory == null || directory == directoryOf(change)) {
                durable.apply(change);
                rest.remove();
            }
        }
    }

    /** The directory that makes a change sure; a rename between two directories is sure with the one it leads to. */
    private static long directoryOf(Change.Naming change) {
        if (change instanceof Change.Link link) {
            return link.directory();
        }
        return change instanceof Change.Unlink unlink ? unlink.directory() : ((Change.Rename) change).to();
    }

    // --- images ---

    private DiskContent image(Survival survival, Random random) {
        DiskContent image = durable.copy();
        for (Change.Naming change : survivingNames(survival, random)) {
            image.apply(change);
        }
        DiskContent reachable = new DiskContent();
        copy(DiskContent.ROOT, image, reachable, new HashSet<>(), survival, random);
        return reachable;
    }

    private List<Change.Naming> survivingNames(Survival survival, Random random) {
        if (survival == Survival.FORCED) {
            return List.of();
        }
        if (survival != Survival.RANDOM) {
            return names;
        }
        if (model == CrashModel.JOURNALLED) {
            return names.subList(0, random.nextInt(names.size() + 1));
        }
        List<Change.Naming> some = new ArrayList<>(names);
        some.removeIf(change -> random.nextBoolean());
        return some;
    }

    private void copy(long directory, DiskContent from, DiskContent to, Set<Long> seen, Survival survival,
            Random random) {
        if (!seen.add(directory)) {
            return;
        }
        TreeMap<String, Long> target = to.directories().computeIfAbsent(directory, id -> new TreeMap<>());
        from.directories().getOrDefault(directory, new TreeMap<>()).forEach((name, node) -> {
            target.put(name, node);
            if (from.directories().containsKey(node)) {
                copy(node, from, to, seen, survival, random);
            } else if (!to.files().containsKey(node)) {
                byte[] forced = from.files().getOrDefault(node, new byte[0]);
                to.files().put(node, bytes(forced, content.getOrDefault(node, List.of()), survival, random));
            }
        });
    }

    private static byte[] bytes(byte[] forced, List<Change> pending, Survival survival, Random random) {
        return switch (survival) {
            case FORCED -> forced;
            case ALL -> FileBytes.all(forced, pending);
            case SIZES -> FileBytes.sizes(forced, pending);
            case RANDOM -> FileBytes.some(forced, pending, random);
        };
    }
}
