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
import java.util.concurrent.ConcurrentHashMap;
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

    /** The work has succeeded again. */
    void recovered(String work) {
        if (!troubles.isEmpty() && troubles.remove(work) != null) {
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

    /** Space on the disk; nothing where the file system does not tell. */
    private Optional<Check> disk() {
        if (StoreDirectory.isInMemory(directory)) {
            return Optional.empty();
        }
        try {
            FileStore disk = Files.getFileStore(directory);
            long free = disk.getUsableSpace();
            long total = disk.getTotalSpace();
            boolean low = total > 0 && (free < LOW_BYTES || free < total / LOW_PART);
            return Optional.of(new Check("disk", low ? Status.DEGRADED : Status.UP, free + " of " + total
                    + " bytes are free" + (low ? "; free space before writes fail" : "")));
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.of(new Check("disk", Status.DEGRADED, "free space cannot be read: " + e.getMessage()));
        }
    }

    Health now() {
        List<Check> checks = new ArrayList<>();
        checks.add(new Check("open", Status.UP, "open"));
        disk().ifPresent(checks::add);
        Throwable reason = fatal;
        if (reason != null) {
            checks.add(new Check(fatalWork, Status.READ_ONLY, "failed: " + reason.getMessage()
                    + "; close the store and open it again"));
        }
        troubles.forEach((work, trouble) -> checks.add(new Check(work, Status.DEGRADED, trouble
                instanceof OutOfSpaceException ? "waits for space: " + trouble.getMessage()
                : "is tried again: " + trouble.getMessage())));
        return Health.of(checks);
    }
}
