// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.nio;

import io.sett.api.error.StorageException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.function.Supplier;

/** Turns the errors of a store into those that users of {@link java.nio.file.Files} expect. */
final class Translation {

    private Translation() {
    }

    /** Runs an action of the store. */
    static <T> T call(Path path, Supplier<T> action) throws IOException {
        try {
            return action.get();
        } catch (StorageException failed) {
            throw translate(path, failed);
        }
    }

    /** Runs an action of the store. */
    static void run(Path path, Runnable action) throws IOException {
        call(path, () -> {
            action.run();
            return true;
        });
    }

    private static IOException translate(Path path, StorageException failed) {
        IOException translated = switch (failed.code()) {
            case FILE_NOT_FOUND -> new NoSuchFileException(path.toString());
            case FILE_ALREADY_EXISTS -> new FileAlreadyExistsException(path.toString());
            case DIRECTORY_NOT_EMPTY -> new DirectoryNotEmptyException(path.toString());
            case SCOPE_ENDED -> new ClosedChannelException();
            case STORE_CLOSED -> throw new ClosedFileSystemException();
            case READ_ONLY_STORE -> throw new ReadOnlyFileSystemException();
            default -> new FileSystemException(path.toString(), null, failed.getMessage());
        };
        translated.initCause(failed);
        return translated;
    }
}
