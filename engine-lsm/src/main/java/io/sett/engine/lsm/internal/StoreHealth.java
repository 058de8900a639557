// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import io.sett.api.common.Health.Check;
import io.sett.api.common.Health.Status;
import io.sett.api.common.Health;
import io.sett.api.error.CorruptionException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.OutOfSpaceException;
import io.sett.api.error.StorageUnavailableException;
import io.sett.api.event.EventType;
import io.sett.engine.lsm.internal.io.StoreDirectory;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a store: troubles that may pass, by the work that has them, and at most one failure after which
 * nothing is written any more until the store is opened again. Any thread.
 */
final class StoreHealth {

    private static final long LOW_BYTES = 32L << 20;
    private static final long LOW_PART = 100;

    private final String store;
    private final Path directory;
    private final StoreEvents events;
    private final Map<String, Throwable> troubles = new ConcurrentHashMap<>();
    private final Set<String> pausing = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Supplier<List<Check>> more;
    private volatile @Nullable Throwable fatal;
    private volatile String fatalWork = "";

    StoreHealth(String store, Path directory, StoreEvents events) {
        this.store = store;
        this.directory = directory;
        this.events = events;
    }

    /** Work in the background has failed and will be tried again. */
    void troubled(String work, Throwable reason) {
        EventType type = reason instanceof CorruptionException ? EventType.CORRUPTION_FOUND : EventType.BACKGROUND_ERROR;
        if (troubles.put(work, reason) == null) {
            events.tell(type, work + " failed and will be tried again: " + reason.getMessage(), Map.of("work", work));
            events.tell(EventType.HEALTH_CHANGED, "health is " + now().status(), Map.of("status", now().status()));
        }
    }

    /** Work in the background has failed too often; it is tried again at the next look for work. */
    void gaveUp(String work, Throwable reason) {
        troubles.put(work, reason);
        if (pausing.add(work)) {
            events.tell(EventType.BACKGROUND_ERROR, work + " failed too often and rests until the next look for work: "
                    + reason.getMessage(), Map.of("work", work, "given_up", true));
            events.tell(EventType.HEALTH_CHANGED, "health is " + now().status(), Map.of("status", now().status()));
        }
    }

    /** More to look at whenever health is asked for. Once, while the store opens. */
    void watch(Supplier<List<Check>> checks) {
        more = checks;
    }

    /** The work has succeeded again. */
    void recovered(String work) {
        if (!troubles.isEmpty() && troubles.remove(work) != null) {
            pausing.remove(work);
            events.tell(EventType.HEALTH_CHANGED, work + " works again", Map.of("status", now().status()));
        }
    }

    /** From now on nothing is written. */
    void stopWrites(String work, Throwable reason) {
        boolean first = fatal == null;
        if (first) {
            fatalWork = work;
            fatal = reason;
            events.tell(EventType.BACKGROUND_ERROR, work + " failed for good, nothing is written any more: "
                    + reason.getMessage(), Map.of("work", work));
            events.tell(EventType.HEALTH_CHANGED, "health is " + now().status(), Map.of("status", now().status()));
        }
    }

    boolean writesStopped() {
        return fatal != null;
    }

    /** Refuses a write when nothing is written any more. */
    void checkWritable() {
        Throwable reason = fatal;
        if (reason != null) {
            throw new StorageUnavailableException(ErrorCode.STORAGE_UNAVAILABLE, "store '" + store
                    + "' accepts no writes since " + fatalWork + " failed (" + reason.getMessage()
                    + "); reads go on; remove the cause, close the store and open it again",
                    Map.of("store", store, "work", fatalWork), reason);
        }
    }

    /** The trouble of some work, or null. */
    @Nullable Throwable trouble(String work) {
        return troubles.get(work);
    }

    /**
     * Space on the disk.
     *
     * @param free bytes that this process may use
     * @param total bytes of the file system
     */
    record DiskSpace(long free, long total) {
    }

    /** Space on the disk; nothing where the file system does not tell. */
    Optional<DiskSpace> diskSpace() {
        if (StoreDirectory.isInMemory(directory)) {
            return Optional.empty();
        }
        try {
            FileStore disk = Files.getFileStore(directory);
            return Optional.of(new DiskSpace(disk.getUsableSpace(), disk.getTotalSpace()));
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    private Check disk() {
        Optional<DiskSpace> space = diskSpace();
        if (space.isEmpty()) {
            return new Check("disk", Status.DEGRADED, "free space of " + directory + " cannot be read");
        }
        long free = space.get().free();
        long total = space.get().total();
        boolean low = total > 0 && (free < LOW_BYTES || free < total / LOW_PART);
        return new Check("disk", low ? Status.DEGRADED : Status.UP, free + " of " + total + " bytes are free"
                + (low ? "; free space before writes fail" : ""));
    }

    Health now() {
        List<Check> checks = new ArrayList<>();
        checks.add(new Check("open", Status.UP, "open"));
        if (!StoreDirectory.isInMemory(directory)) {
            checks.add(disk());
        }
        Throwable reason = fatal;
        if (reason != null) {
            checks.add(new Check(fatalWork, Status.READ_ONLY, "failed: " + reason.getMessage()
                    + "; close the store and open it again"));
        }
        troubles.forEach((work, trouble) -> checks.add(new Check(work, Status.DEGRADED, describe(work, trouble))));
        Supplier<List<Check>> others = more;
        if (others != null) {
            checks.addAll(others.get());
        }
        return Health.of(checks);
    }

    private String describe(String work, Throwable trouble) {
        if (trouble instanceof OutOfSpaceException) {
            return "waits for space: " + trouble.getMessage();
        }
        return (pausing.contains(work) ? "rests until the next look for work, or until compact is called: "
                : "is tried again: ") + trouble.getMessage();
    }
}
