// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.io;

import io.sett.spi.log.Loggers;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;

/**
 * What is done to names: directories made, files renamed, deleted and listed, and the directory forced so that this
 * survives a power failure. Files belong to their owner alone (0600, directories 0700) whatever the umask says.
 *
 * <p>Threads: any. Immutable.
 */
public final class StoreDirectory {

    private static final Logger LOG = Loggers.of(StoreDirectory.class);
    private static final Set<PosixFilePermission> FILE_RIGHTS =
            Collections.unmodifiableSet(EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
    private static final Set<PosixFilePermission> DIRECTORY_RIGHTS = Collections.unmodifiableSet(EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));

    private final Path path;

    private StoreDirectory(Path path) {
        this.path = path;
    }

    /** A directory that exists. */
    public static StoreDirectory of(Path path) {
        return new StoreDirectory(path);
    }

    /** A directory, made with its parents where they are missing; only what is new gets the narrow rights. */
    public static StoreDirectory create(Path path) {
        try {
            List<Path> missing = new ArrayList<>();
            Path at = path.toAbsolutePath();
            while (at != null && !Files.isDirectory(at)) {
                missing.add(0, at);
                at = at.getParent();
            }
            for (Path directory : missing) {
                Files.createDirectories(directory);
                restrict(directory, DIRECTORY_RIGHTS);
                Path parent = directory.getParent();
                if (parent != null) {
                    of(parent).force();
                }
            }
        } catch (IOException e) {
            throw IoErrors.failed("create directory", path, e);
        }
        return of(path);
    }

    /** A new directory in the memory of this process alone, until it is {@link #discard discarded}. */
    public static StoreDirectory inMemory(String name) {
        return of(MemoryFiles.create(name));
    }

    /** Whether it is one in memory. */
    public static boolean isInMemory(Path directory) {
        return MemoryFiles.directory(directory) != null;
    }

    /** Frees a directory in memory with all its files; nothing for others. */
    public static void discard(Path directory) {
        MemoryFiles.discard(directory);
    }

    /** A channel on a file of any directory. */
    static FileChannel open(Path file, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        MemoryFiles memory = MemoryFiles.of(file);
        return memory != null ? memory.open(file, options) : FileChannel.open(file, options, attributes);
    }

    /** Whether there is such a file. */
    public static boolean exists(Path file) {
        MemoryFiles memory = MemoryFiles.of(file);
        return memory != null ? memory.exists(file) : Files.exists(file);
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** Whether the default file system serves here, so that files may be mapped. */
    public static boolean isDefaultFileSystem(Path file) {
        return file.getFileSystem() == FileSystems.getDefault() && MemoryFiles.of(file) == null;
    }

    /**
     * Makes creations, renames and deletions in this directory durable. Where directories cannot be opened (Windows,
     * some other file systems) there is nothing to force.
     */
    public void force() {
        boolean interrupted = Thread.interrupted();
        try {
            forceOnce();
        } catch (IOException e) {
            throw IoErrors.failed("force directory", path, e);
        } finally {
            Interrupts.restore(interrupted);
        }
    }

    private void forceOnce() throws IOException {
        FileChannel channel;
        if (MemoryFiles.directory(path) != null) {
            return;
        }
        try {
            channel = FileChannel.open(path, StandardOpenOption.READ);
        } catch (IOException | UnsupportedOperationException e) {
            if (isDefaultFileSystem(path) && isPosix(path)) {
                throw e;
            }
            LOG.debug("directory {} cannot be opened for forcing: {}", path, e.toString());
            return;
        }
        try (channel) {
            channel.force(true);
        }
    }

    /** Renames within the file system, replacing the target at once; then forces the directory. */
    public void rename(Path from, Path to) {
        MemoryFiles memory = MemoryFiles.of(from);
        try {
            if (memory != null) {
                memory.rename(from, to);
                return;
            }
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw IoErrors.failed("rename " + from + " to", to, e);
        }
        force();
    }

    /** Deletes a file if it is there; the deletion is not forced. */
    public static boolean delete(Path file) {
        MemoryFiles memory = MemoryFiles.of(file);
        try {
            return memory != null ? memory.delete(file) : Files.deleteIfExists(file);
        } catch (IOException e) {
            throw IoErrors.failed("delete", file, e);
        }
    }

    /** The files in it, in no order. */
    public List<Path> list() {
        List<Path> files = new ArrayList<>();
        MemoryFiles memory = MemoryFiles.directory(path);
        if (memory != null) {
            return memory.list();
        }
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(path)) {
            for (Path file : stream) {
                files.add(file);
            }
        } catch (IOException e) {
            throw IoErrors.failed("list", path, e);
        } catch (java.nio.file.DirectoryIteratorException e) {
            throw IoErrors.failed("list", path, e.getCause());
        }
        return files;
    }

    /** Length of a file. */
    public static long size(Path file) {
        MemoryFiles memory = MemoryFiles.of(file);
        try {
            return memory != null ? memory.size(file) : Files.size(file);
        } catch (IOException e) {
            throw IoErrors.failed("read the length of", file, e);
        }
    }

    /** What makes a file its owner's alone from its creation on, where the file system can. */
    static FileAttribute<?>[] fileRights(Path file) {
        return isPosix(file) ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(FILE_RIGHTS)}
                : new FileAttribute<?>[0];
    }

    /** Gives a new file to its owner alone. */
    static void restrictFile(Path file) throws IOException {
        restrict(file, FILE_RIGHTS);
    }

    private static void restrict(Path file, Set<PosixFilePermission> rights) throws IOException {
        if (isPosix(file)) {
            Files.setPosixFilePermissions(file, rights);
        }
    }

    private static boolean isPosix(Path file) {
        return MemoryFiles.of(file) == null && file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
