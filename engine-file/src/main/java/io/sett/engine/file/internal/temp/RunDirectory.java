// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.temp;

import io.sett.engine.file.internal.io.Confinement;
import io.sett.engine.file.internal.io.Directories;
import io.sett.engine.file.internal.io.Rights;
import io.sett.spi.DirectoryLock;
import io.sett.spi.log.Loggers;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;

/** The locked directory of one open temporary store, and the removal of those whose owner is dead. */
final class RunDirectory {

    private static final Logger LOG = Loggers.of(RunDirectory.class);
    private static final String PREFIX = "run-";
    /** Longer than this nobody needs from making a directory to locking it. */
    private static final long MAKING_MILLIS = 60_000;

    private final Path path;
    private final DirectoryLock lock;
    private final Confinement confinement;

    private RunDirectory(Path path, DirectoryLock lock, Confinement confinement) {
        this.path = path;
        this.lock = lock;
        this.confinement = confinement;
    }

    static RunDirectory create(Path parent, Rights rights, String opener) throws IOException {
        Directories.create(parent, rights);
        Path path = null;
        while (path == null) {
            Path candidate = parent.resolve(PREFIX + Long.toHexString(ThreadLocalRandom.current().nextLong()));
            try {
                path = Files.createDirectory(candidate);
            } catch (FileAlreadyExistsException taken) {
                LOG.debug("{} exists, another name is tried", taken.getMessage());
            }
        }
        DirectoryLock lock = DirectoryLock.acquire(path, opener);
        boolean fine = false;
        try {
            Directories.create(path.resolve("files"), rights);
            Directories.create(path.resolve("new"), rights);
            Confinement confinement = Confinement.below(path.resolve("files"), path.resolve("new"));
            fine = true;
            return new RunDirectory(path, lock, confinement);
        } finally {
            if (!fine) {
                lock.close();
            }
        }
    }

    /** Deletes the directories of stores that were not closed and whose process is gone. */
    static void deleteAbandoned(Path parent) throws IOException {
        for (Path path : runs(parent)) {
            if (DirectoryLock.isHeldHere(path) || isBeingMade(path)) {
                continue;
            }
            DirectoryLock lock = DirectoryLock.tryAcquire(path, "the cleaning of " + parent);
            if (lock != null) {
                LOG.info("deleting {}: the store that made it was not closed", path);
                delete(path, lock);
            }
        }
    }

    /** A directory without lock file is one that is just being made, or was left before it was locked. */
    private static boolean isBeingMade(Path path) throws IOException {
        return !Files.exists(path.resolve(DirectoryLock.FILE_NAME)) && Files.exists(path)
                && Files.getLastModifiedTime(path).toMillis() > System.currentTimeMillis() - MAKING_MILLIS;
    }

    private static List<Path> runs(Path parent) throws IOException {
        List<Path> runs = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent,
                path -> path.getFileName().toString().startsWith(PREFIX))) {
            entries.forEach(runs::add);
        } catch (NoSuchFileException none) {
            LOG.debug("{} does not exist yet", parent);
        }
        return runs;
    }

    /** Deletes everything, the lock file last; what cannot be deleted is left without a lock for the next start. */
    private static void delete(Path path, DirectoryLock lock) throws IOException {
        try (lock; DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            for (Path entry : entries) {
                if (!entry.getFileName().toString().equals(DirectoryLock.FILE_NAME)) {
                    Directories.deleteTree(entry);
                }
            }
            lock.closeAndDelete();
        }
        Files.deleteIfExists(path);
    }

    Path files() {
        return path.resolve("files");
    }

    Path newFiles() {
        return path.resolve("new");
    }

    Path path() {
        return path;
    }

    Confinement confinement() {
        return confinement;
    }

    void deleteAll() throws IOException {
        confinement.close();
        delete(path, lock);
    }
}
