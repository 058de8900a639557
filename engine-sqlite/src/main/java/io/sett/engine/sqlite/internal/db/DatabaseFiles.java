// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.db;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.StorageUnavailableException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** The files of a database: made for their owner alone (0600, directories 0700), measured. */
public final class DatabaseFiles {

    private DatabaseFiles() {
    }

    static FileAttribute<?>[] ownerOnly(Path file) {
        return attributes(file, "rw-------");
    }

    private static FileAttribute<?>[] attributes(Path path, String permissions) {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix ? new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))}
                    : new FileAttribute<?>[0];
    }

    /**
     * Makes the file, empty, and its parents, unless they are there.
     *
     * @return its real path
     */
    public static Path create(String store, Path file) {
        try {
            Path parent = file.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent, attributes(file, "rwx------"));
            }
            try {
                Files.createFile(file, ownerOnly(file));
            } catch (FileAlreadyExistsException there) {
                if (!Files.isRegularFile(file)) {
                    throw new IOException("it is no regular file", there);
                }
            }
            return file.toRealPath();
        } catch (IOException failed) {
            throw new StorageUnavailableException(ErrorCode.STORAGE_UNAVAILABLE, "store '" + store
                    + "': the database file " + file + " could not be made: " + failed + "; check the path and who may "
                    + "write there", Map.of("store", store, "file", file), failed);
        }
    }

    /** Bytes of the database and its write-ahead log. */
    public static long bytes(Path database) {
        return length(database) + length(database.resolveSibling(database.getFileName() + "-wal"));
    }

    private static long length(Path file) {
        try {
            return Files.size(file);
        } catch (NoSuchFileException none) {
            return 0;
        } catch (IOException failed) {
            throw new StorageUnavailableException(ErrorCode.STORAGE_UNAVAILABLE, "the length of " + file
                    + " could not be asked: " + failed, Map.of("file", file), failed);
        }
    }
}
