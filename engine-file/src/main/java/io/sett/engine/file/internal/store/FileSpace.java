// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.store;

import io.sett.api.error.ClosedException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.StorageException;
import io.sett.engine.file.internal.common.NameLocks;
import io.sett.engine.file.internal.common.Quota;
import io.sett.engine.file.internal.common.Watches;
import io.sett.engine.file.internal.format.ContentReader;
import io.sett.engine.file.internal.format.Footer;
import io.sett.engine.file.internal.io.Confinement;
import io.sett.engine.file.internal.io.Directories;
import io.sett.engine.file.internal.io.IoErrors;
import io.sett.engine.file.internal.io.NewFile;
import io.sett.engine.file.internal.name.Locator;
import io.sett.spi.Deadline;
import io.sett.spi.DirectoryLock;
import io.sett.spi.EngineContext;
import io.sett.spi.HandleTracker;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

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
    private final Confinement confinement;
    private final HandleTracker handles;
    private final Watches watches;
    private final NameLocks locks = new NameLocks();
    private final ReentrantLock making = new ReentrantLock();
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
        this.quota = new Quota("storage.file", settings.maxFiles(), settings.maxTotalSize());
        countFiles();
        this.watches = new Watches(handles, this::closed);
        this.confinement = Confinement.below(locator.root(), newFiles);
    }

    private void countFiles() throws IOException {
        if (quota.isLimited()) {
            try (Stream<Path> paths = Files.walk(locator.root())) {
                for (Path path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
                    quota.countExisting(Footer.contentLength(Files.size(path)));
                }
            }
        }
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

    Confinement confinement() {
        return confinement;
    }

    Watches watches() {
        return watches;
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
        return new ClosedException(ErrorCode.STORE_CLOSED, "file store '" + context.name() + "' is closed; open it "
                + "again to go on");
    }

    /** The footer of a file. */
    Footer footer(Path file) throws IOException {
        try (FileChannel channel = confinement.openRead(file)) {
            return ContentReader.footer(channel, file);
        }
    }

    /** Opens the content of a file. */
    ContentReader openContent(Path file) throws IOException {
        return ContentReader.of(confinement.openRead(file), file);
    }

    NewFile newFile() throws IOException {
        return NewFile.create(newPath(), settings.rights());
    }

    /**
     * Makes a directory below the root and those on the way to it. Each is made in {@code new/} and moved to its place,
     * so that no link that is put on the way meanwhile can be followed.
     */
    void makeDirectories(Path directory) throws IOException {
        if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        makeDirectories(directory.getParent());
        making.lock();
        try {
            if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                Path made = Directories.createOne(newPath(), settings.rights());
                Directories.force(newFiles); // else its new name could survive a power cut without it
                confinement.move(made, directory);
                Directories.force(directory.getParent());
            }
        } finally {
            making.unlock();
        }
    }

    /** Makes a change of a name that is done survive a power cut. */
    static void forceName(String action, Path file) {
        try {
            Directories.force(file.getParent());
        } catch (IOException failed) {
            throw IoErrors.unsure(action, file, failed);
        }
    }

    private Path newPath() {
        return newFiles.resolve(Long.toString(numbers.incrementAndGet()));
    }

    void close() {
        if (open.compareAndSet(true, false)) {
            try (lock) {
                closeFiles();
            }
        }
    }

    private void closeFiles() {
        try {
            context.reportLeaks(handles.closeAll());
        } finally {
            io("close", root, () -> {
                confinement.close();
                return true;
            });
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
