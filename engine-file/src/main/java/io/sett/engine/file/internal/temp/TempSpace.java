// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.temp;

import io.sett.api.error.ClosedException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.error.KeyNotFoundException;
import io.sett.api.error.LimitExceededException;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** The entries of one open temporary store and their quota. Safe for many threads. */
final class TempSpace {

    private static final Logger LOG = Loggers.of(TempSpace.class);

    private final EngineContext context;
    private final TempSettings settings;
    private final RunDirectory run;
    private final HandleTracker handles;
    private final ContentCache cache;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, TempEntry> entries = new TreeMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private long bytes;
    private volatile boolean open = true;
    private Scheduler.@Nullable Task cleaning;

    private TempSpace(EngineContext context, TempSettings settings, RunDirectory run) {
        this.context = context;
        this.settings = settings;
        this.run = run;
        this.handles = new HandleTracker(context.handles());
        this.cache = new ContentCache(settings.cacheSize());
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
        return open;
    }

    private long now() {
        return context.clock().millis();
    }

    void check(String action, Deadline deadline) {
        if (!open) {
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
        reserve(entry, 1, 0);
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
                forget(entry);
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

    private void reserve(TempEntry entry, long moreFiles, long moreBytes) {
        if (!tryReserve(entry, moreFiles, moreBytes)) {
            cleanupExpired();
            measureDirectories();
            if (!tryReserve(entry, moreFiles, moreBytes)) {
                throw full(moreFiles, moreBytes);
            }
        }
    }

    private boolean tryReserve(TempEntry entry, long moreFiles, long moreBytes) {
        lock.lock();
        try {
            if (entries.size() + moreFiles > settings.maxFiles() || bytes + moreBytes > settings.maxSize()) {
                return false;
            }
            if (moreFiles > 0) {
                entries.put(entry.id, entry);
            }
            bytes += moreBytes;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private LimitExceededException full(long moreFiles, long moreBytes) {
        boolean count = moreFiles > 0;
        return new LimitExceededException(ErrorCode.QUOTA_EXCEEDED, "temporary store '" + context.name() + "' is full: "
                + (count ? "max_files is " + settings.maxFiles() : "max_size is " + settings.maxSize() + " bytes, "
                + bytes + " are used, " + moreBytes + " more are needed")
                + "; remove files, let them live shorter, or raise the limit",
                Map.of("limit", count ? "max_files" : "max_size"));
    }

    /** Takes room for content that is being written. */
    void reserveBytes(TempEntry entry, long more) {
        reserve(entry, 0, more);
    }

    void releaseBytes(long less) {
        lock.lock();
        try {
            bytes -= less;
        } finally {
            lock.unlock();
        }
    }

    /** Puts new content in the place of the old; its room is already reserved. */
    void replaceContent(TempEntry entry, NewFile file, long length) throws IOException {
        lock.lock();
        try {
            if (!open || !entry.isLive(now())) {
                throw absent(entry.id);
            }
            file.moveTo(entry.path, run.confinement());
            cache.remove(entry.id);
            bytes -= entry.size;
            entry.size = length;
        } finally {
            lock.unlock();
        }
    }

    KeyNotFoundException absent(String id) {
        return new KeyNotFoundException(ErrorCode.FILE_NOT_FOUND, "no temporary file or directory '" + id
                + "'; it was removed or has expired", Map.of("id", id));
    }

    Optional<TempEntry> find(String id) {
        lock.lock();
        try {
            return Optional.ofNullable(entries.get(id)).filter(entry -> entry.isLive(now()));
        } finally {
            lock.unlock();
        }
    }

    TempEntry require(String id, boolean directory) {
        return find(id).filter(entry -> entry.directory == directory).orElseThrow(() -> absent(id));
    }

    List<TempEntry> live() {
        lock.lock();
        try {
            long now = now();
            return entries.values().stream().filter(entry -> entry.isLive(now)).toList();
        } finally {
            lock.unlock();
        }
    }

    long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    void setExpiration(TempEntry entry, Duration ttl) {
        lock.lock();
        try {
            long now = now();
            if (!entry.isLive(now)) {
                throw absent(entry.id);
            }
            entry.expiresMillis = expiry(now, ttl);
        } finally {
            lock.unlock();
        }
    }

    /** Forgets and deletes an entry; says whether it was live. */
    boolean remove(String id, boolean directory) {
        TempEntry entry;
        boolean live;
        lock.lock();
        try {
            entry = entries.get(id);
            if (entry == null || entry.directory != directory) {
                return false;
            }
            live = entry.isLive(now());
        } finally {
            lock.unlock();
        }
        delete(entry);
        return live;
    }

    private void delete(TempEntry entry) {
        forget(entry);
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
    }

    private void forget(TempEntry entry) {
        lock.lock();
        try {
            if (entries.remove(entry.id, entry)) {
                entry.removed = true;
                bytes -= entry.size;
            }
        } finally {
            lock.unlock();
        }
    }

    int cleanupExpired() {
        List<TempEntry> expired = new ArrayList<>();
        lock.lock();
        try {
            long now = now();
            entries.values().stream().filter(entry -> !entry.isLive(now)).forEach(expired::add);
        } finally {
            lock.unlock();
        }
        expired.forEach(this::delete);
        return expired.size();
    }

    /** Bytes in a directory now, which are what it counts for from then on. */
    long measure(TempEntry entry) throws IOException {
        long now = Directories.bytes(entry.path);
        lock.lock();
        try {
            if (!entry.removed) {
                bytes += now - entry.size;
                entry.size = now;
            }
        } finally {
            lock.unlock();
        }
        return now;
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
        if (open) {
            int removed = cleanupExpired();
            measureDirectories();
            LOG.debug("temporary store '{}': {} expired files removed", context.name(), removed);
        }
    }

    void close() {
        lock.lock();
        try {
            if (!open) {
                return;
            }
            open = false;
        } finally {
            lock.unlock();
        }
        if (cleaning != null) {
            cleaning.cancel();
        }
        context.reportLeaks(handles.closeAll());
        try {
            run.deleteAll();
        } catch (IOException failed) {
            LOG.warn("temporary store '{}': {} could not be deleted and is left for the next open", context.name(),
                    run.path(), failed);
        }
    }
}
