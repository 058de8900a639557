// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.store;

import io.sett.api.error.ClosedException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.StorageException;
import io.sett.engine.file.internal.io.Directories;
import io.sett.engine.file.internal.io.IoErrors;
import io.sett.engine.file.internal.io.NewFile;
import io.sett.engine.file.internal.name.Locator;
import io.sett.spi.Deadline;
import io.sett.spi.DirectoryLock;
import io.sett.spi.EngineContext;
import io.sett.spi.HandleTracker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * What all parts of one open file store share: directories, lock, counters, quota, open streams. Safe for many threads.
 */
final class FileSpace {

    private final EngineContext context;
    private final FileSettings settings;
    private final Path root;
    private final DirectoryLock lock;
    private final Locator locator;
    private final Path newFiles;
    private final HandleTracker handles;
    private final NameLocks locks = new NameLocks();
    private final FileIndex index;
    private final Quota quota;
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicBoolean open = new AtomicBoolean(true);
    private final LongAdder readBytes = new LongAdder();
    private final LongAdder writtenBytes = new LongAdder();

    private FileSpace(EngineContext context, FileSettings settings, Path root, DirectoryLock lock) throws IOException {
        this.context = context;
        this.settings = settings;
        this.root = root;
        this.lock = lock;
        this.locator = new Locator(root.resolve("files"));
        this.newFiles = root.resolve("new");
        this.handles = new HandleTracker(context.handles());
        this.index = new FileIndex(settings.directoryIndex() ? 10_000 : 0);
        Directories.create(locator.root(), settings.rights());
        if (Files.exists(newFiles)) {
            Directories.deleteTree(newFiles);
        }
        Directories.create(newFiles, settings.rights());
        this.quota = Quota.of(settings, locator.root());
    }

    static FileSpace open(EngineContext context) {
        FileSettings settings = FileSettings.of(context.settings());
        Path root = context.resolve(settings.rootPath()).toAbsolutePath().normalize();
        DirectoryLock lock = null;
        boolean fine = false;
        try {
            Directories.create(root, settings.rights());
            lock = DirectoryLock.acquire(root, "file store '" + context.name() + "'");
            FileSpace space = new FileSpace(context, settings, root, lock);
            fine = true;
            return space;
        } catch (IOException failed) {
            throw IoErrors.failed("open the file store in", root, failed);
        } finally {
            if (!fine && lock != null) {
                lock.close();
            }
        }
    }

    EngineContext context() {
        return context;
    }

    FileSettings settings() {
        return settings;
    }

    Path root() {
        return root;
    }

    Locator locator() {
        return locator;
    }

    HandleTracker handles() {
        return handles;
    }

    NameLocks locks() {
        return locks;
    }

    FileIndex index() {
        return index;
    }

    Quota quota() {
        return quota;
    }

    LongAdder readBytes() {
        return readBytes;
    }

    LongAdder writtenBytes() {
        return writtenBytes;
    }

    boolean isOpen() {
        return open.get();
    }

    /** Goes on only while the store is open, there is time, and nobody interrupted the thread. */
    void check(String action, Deadline deadline) {
        if (!open.get()) {
            throw closed();
        }
        deadline.check(action + " in file store '" + context.name() + "'");
    }

    ClosedException closed() {
        return new ClosedException(ErrorCode.STORE_CLOSED, "file store '" + context.name() + "' is closed; open it again "
                + "to go on");
    }

    NewFile newFile() throws IOException {
        return NewFile.create(newFiles.resolve(Long.toString(numbers.incrementAndGet())), settings.rights());
    }

    void close() {
        if (open.compareAndSet(true, false)) {
            try {
                context.reportLeaks(handles.closeAll());
            } finally {
                lock.close();
            }
        }
    }

    /** Runs an action on the file system and turns its failure into the error of the library. */
    static <T> T io(String action, Path file, Io<T> body) {
        try {
            return body.run();
        } catch (IOException failed) {
            throw error(action, file, failed);
        }
    }

    private static StorageException error(String action, Path file, IOException failed) {
        return IoErrors.failed(action, file, failed);
    }

    /** An action that may fail. */
    @FunctionalInterface
    interface Io<T> {
        T run() throws IOException;
    }
}
