// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.temp;

import io.sett.api.error.ClosedException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.error.KeyNotFoundException;
import io.sett.api.error.StorageException;
import io.sett.engine.file.internal.io.Directories;
import io.sett.engine.file.internal.io.IoErrors;
import io.sett.engine.file.internal.io.NewFile;
import io.sett.engine.file.internal.name.NameRules;
import io.sett.spi.Deadline;
import io.sett.spi.EngineContext;
import io.sett.spi.HandleTracker;
import io.sett.spi.Scheduler;
import io.sett.spi.log.Loggers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** What all parts of one open temporary store share, and the files of its entries. Safe for many threads. */
final class TempSpace {

    private static final Logger LOG = Loggers.of(TempSpace.class);

    private final EngineContext context;
    private final TempSettings settings;
    private final RunDirectory run;
    private final HandleTracker handles;
    private final ContentCache cache;
    private final TempEntries entries;
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicBoolean open = new AtomicBoolean(true);
    private Scheduler.@Nullable Task cleaning;

    private TempSpace(EngineContext context, TempSettings settings, RunDirectory run) {
        this.context = context;
        this.settings = settings;
        this.run = run;
        this.handles = new HandleTracker(context.handles());
        this.cache = new ContentCache(settings.cacheSize());
        this.entries = new TempEntries(context.name(), settings.maxFiles(), settings.maxSize());
    }

    static TempSpace open(EngineContext context) {
        TempSettings settings = TempSettings.of(context.settings());
        Path parent = context.resolve(settings.tempPath()).toAbsolutePath().normalize();
        try {
            RunDirectory.deleteAbandoned(parent);
            RunDirectory run =
                    RunDirectory.create(parent, settings.rights(), "temporary store '" + context.name() + "'");
            TempSpace space = new TempSpace(context, settings, run);
            if (settings.autoCleanup()) {
                space.cleaning = context.scheduler().every(settings.cleanupInterval(), space::cleanupQuietly);
            }
            return space;
        } catch (IOException failed) {
            throw IoErrors.failed("open the temporary store in", parent, failed);
        }
    }

    EngineContext context() {
        return context;
    }

    TempSettings settings() {
        return settings;
    }

    HandleTracker handles() {
        return handles;
    }

    ContentCache cache() {
        return cache;
    }

    Path root() {
        return run.path();
    }

    boolean isOpen() {
        return open.get();
    }

    private long now() {
        return context.clock().millis();
    }

    void check(String action, Deadline deadline) {
        if (!open.get()) {
            throw closed();
        }
        deadline.check(action + " in temporary store '" + context.name() + "'");
    }

    ClosedException closed() {
        return new ClosedException(ErrorCode.STORE_CLOSED,
                "temporary store '" + context.name() + "' is closed; open it again to go on");
    }

    TempEntry create(String prefix, String suffix, Duration ttl, boolean directory) {
        String id = newId(prefix, suffix);
        long now = now();
        TempEntry entry = new TempEntry(id, run.files().resolve(id), directory, now, expiry(now, ttl));
        if (!entries.add(entry)) {
            cleanupExpired();
            if (!entries.add(entry)) {
                throw entries.tooMany();
            }
        }
        boolean made = false;
        try {
            if (directory) {
                Directories.create(entry.path, settings.rights());
            } else {
                try (NewFile file = newFile()) {
                    file.moveTo(entry.path, run.confinement());
                }
            }
            made = true;
        } catch (IOException failed) {
            throw IoErrors.failed("create", entry.path, failed);
        } finally {
            if (!made) {
                entries.forget(entry, now);
            }
        }
        return entry;
    }

    private static String newId(String prefix, String suffix) {
        String middle = Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), Character.MAX_RADIX);
        return NameRules.part(prefix + middle + suffix);
    }

    NewFile newFile() throws IOException {
        return NewFile.create(run.newFiles().resolve(Long.toString(numbers.incrementAndGet())), settings.rights());
    }

    private long expiry(long now, Duration ttl) {
        if (ttl.isNegative()) {
            throw new InvalidOperationException(ErrorCode.INVALID_TTL, "a time to live must not be negative, got " + ttl
                    + "; ZERO stands for the store's max_age of " + settings.maxAge());
        }
        Duration effective = ttl.isZero() ? settings.maxAge() : ttl;
        long millis = effective.compareTo(Duration.ofMillis(Long.MAX_VALUE / 4)) > 0 ? Long.MAX_VALUE / 4
                : effective.plusNanos(999_999).toMillis();
        return now + millis;
    }

    /** Takes room for content that is being written, after expired files were removed when there is none. */
    void reserveBytes(long more) {
        if (!entries.reserve(more)) {
            cleanupExpired();
            measureDirectories();
            if (!entries.reserve(more)) {
                throw entries.tooLarge(more);
            }
        }
    }

    void releaseBytes(long less) {
        entries.release(less);
    }

    /** Puts new content in the place of the old; its room is already reserved. */
    void replaceContent(TempEntry entry, NewFile file, long length) throws IOException {
        boolean replaced = open.get() && entries.replace(entry, now(), length, () -> {
            file.moveTo(entry.path, run.confinement());
            cache.remove(entry.id);
        });
        if (!replaced) {
            throw absent(entry.id);
        }
    }

    KeyNotFoundException absent(String id) {
        return new KeyNotFoundException(ErrorCode.FILE_NOT_FOUND, "no temporary file or directory '" + id
                + "'; it was removed or has expired", Map.of("id", id));
    }

    Optional<TempEntry> find(String id) {
        return entries.find(id, now());
    }

    TempEntry require(String id, boolean directory) {
        return find(id).filter(entry -> entry.directory == directory).orElseThrow(() -> absent(id));
    }

    List<TempEntry> live() {
        return entries.all(true, now());
    }

    long bytes() {
        return entries.bytes();
    }

    void setExpiration(TempEntry entry, Duration ttl) {
        long now = now();
        if (!entries.setExpiry(entry, now, expiry(now, ttl))) {
            throw absent(entry.id);
        }
    }

    /** Forgets and deletes an entry; says whether it was live. */
    boolean remove(String id, boolean directory) {
        Optional<TempEntry> entry = entries.known(id).filter(known -> known.directory == directory);
        return entry.isPresent() && delete(entry.get());
    }

    private boolean delete(TempEntry entry) {
        boolean live = entries.forget(entry, now());
        cache.remove(entry.id);
        try {
            if (entry.directory && Files.exists(entry.path)) {
                Directories.deleteTree(entry.path);
            } else {
                Files.deleteIfExists(entry.path);
            }
        } catch (IOException failed) {
            throw IoErrors.failed("delete", entry.path, failed);
        }
        return live;
    }

    int cleanupExpired() {
        List<TempEntry> expired = entries.all(false, now());
        expired.forEach(this::delete);
        return expired.size();
    }

    /** Bytes in a directory now, which are what it counts for from then on. */
    long measure(TempEntry entry) throws IOException {
        long size = Directories.bytes(entry.path);
        entries.resize(entry, size);
        return size;
    }

    /** What programs put into directories counts from here on. */
    void measureDirectories() {
        for (TempEntry entry : live()) {
            if (entry.directory) {
                try {
                    measure(entry);
                } catch (IOException failed) {
                    throw IoErrors.failed("measure", entry.path, failed);
                }
            }
        }
    }

    private void cleanupQuietly() {
        if (open.get()) {
            int removed = cleanupExpired();
            measureDirectories();
            LOG.debug("temporary store '{}': {} expired files removed", context.name(), removed);
        }
    }

    void close() {
        if (!open.compareAndSet(true, false)) {
            return;
        }
        if (cleaning != null) {
            cleaning.cancel();
        }
        try {
            context.reportLeaks(handles.closeAll());
        } finally {
            deleteAll();
        }
    }

    private void deleteAll() {
        try {
            run.deleteAll();
        } catch (IOException | StorageException failed) {
            LOG.warn("temporary store '{}': {} could not be deleted and is left for the next open", context.name(),
                    run.path(), failed);
        }
    }
}
