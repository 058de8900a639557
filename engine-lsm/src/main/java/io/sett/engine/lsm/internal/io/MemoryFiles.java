// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.io;

import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Directories that exist in the memory of this process alone, for stores in memory. Each has a path that no file system
 * is asked about; whoever works on files through this package finds it by that path. Any thread.
 */
final class MemoryFiles {

    private static final Map<Path, MemoryFiles> DIRECTORIES = new ConcurrentHashMap<>();
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final Map<Path, MemoryFile> files = new ConcurrentHashMap<>();

    private MemoryFiles() {
    }

    /** A new, empty directory. */
    static Path create(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9._-]", "_");
        Path directory = Path.of("in-memory-" + NUMBERS.incrementAndGet() + "-" + plain);
        DIRECTORIES.put(directory, new MemoryFiles());
        return directory;
    }

    /** The directory of that path, null when it is none in memory. */
    static @Nullable MemoryFiles directory(Path directory) {
        return DIRECTORIES.isEmpty() ? null : DIRECTORIES.get(directory);
    }

    /** The directory in which a file lies, null when that is none in memory. */
    static @Nullable MemoryFiles of(Path file) {
        Path parent = DIRECTORIES.isEmpty() ? null : file.getParent();
        return parent == null ? null : DIRECTORIES.get(parent);
    }

    /** Forgets a directory with all its files. */
    static void discard(Path directory) {
        DIRECTORIES.remove(directory);
    }

    FileChannel open(Path file, Set<? extends OpenOption> options) throws NoSuchFileException,
            FileAlreadyExistsException {
        MemoryFile found = files.get(file);
        if (options.contains(StandardOpenOption.CREATE_NEW)) {
            MemoryFile made = new MemoryFile();
            found = files.putIfAbsent(file, made);
            if (found != null) {
                throw new FileAlreadyExistsException(file.toString());
            }
            found = made;
        }
        if (found == null) {
            throw new NoSuchFileException(file.toString());
        }
        return new MemoryChannel(found);
    }

    boolean exists(Path file) {
        return files.containsKey(file);
    }

    long size(Path file) throws NoSuchFileException {
        MemoryFile found = files.get(file);
        if (found == null) {
            throw new NoSuchFileException(file.toString());
        }
        return found.size();
    }

    boolean delete(Path file) {
        return files.remove(file) != null;
    }

    void rename(Path from, Path to) throws NoSuchFileException {
        MemoryFile found = files.remove(from);
        if (found == null) {
            throw new NoSuchFileException(from.toString());
        }
        files.put(to, found);
    }

    List<Path> list() {
        return new ArrayList<>(files.keySet());
    }
}
