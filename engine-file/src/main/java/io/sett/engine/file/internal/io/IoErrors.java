// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.io;

import io.sett.api.error.CancelledException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.KeyNotFoundException;
import io.sett.api.error.OutOfSpaceException;
import io.sett.api.error.StorageException;
import io.sett.api.error.StorageUnavailableException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Turns a failure of the file system into the error that tells the caller what to do. */
public final class IoErrors {

    private IoErrors() {
    }

    /**
     * The error for a failed action.
     *
     * @param action what was tried ("write", "read")
     * @param file where
     */
    public static StorageException failed(String action, Path file, IOException cause) {
        Map<String, ?> details = Map.of("file", file, "action", action);
        if (cause instanceof ClosedByInterruptException) {
            return new CancelledException(ErrorCode.CANCELLED,
                    action + " " + file + " was interrupted; nothing of it is visible", details, cause);
        }
        if (cause instanceof NoSuchFileException) {
            return new KeyNotFoundException(ErrorCode.FILE_NOT_FOUND,
                    "cannot " + action + " " + file + ": it does not exist", details, cause);
        }
        if (isFull(cause)) {
            return new OutOfSpaceException(ErrorCode.INSUFFICIENT_DISK_SPACE, "cannot " + action + " " + file
                    + ": no space left on the device or in the quota of the user; nothing of it is visible, free some "
                    + "space and try again", details, cause);
        }
        return new StorageUnavailableException(ErrorCode.STORAGE_UNAVAILABLE, "cannot " + action + " " + file + ": "
                + cause + "; nothing of it is visible", details, cause);
    }

    /**
     * The error of a change that is done and visible, but may be undone by a power cut because the names in a directory
     * could not be forced.
     *
     * @param action what was done ("place", "delete")
     */
    public static StorageException unsure(String action, Path file, IOException cause) {
        return StorageUnavailableException.unknownOutcome(ErrorCode.STORAGE_UNAVAILABLE, action + " " + file
                + " is done and visible, but a power cut may undo it: forcing its directory failed with " + cause
                + "; do it again when the device works", Map.of("file", file, "action", action), cause);
    }

    private static boolean isFull(IOException cause) {
        String reason = cause instanceof FileSystemException system ? system.getReason() : cause.getMessage();
        String text = reason == null ? "" : reason.toLowerCase(Locale.ROOT);
        return text.contains("no space left") || text.contains("quota exceeded") || text.contains("not enough space")
                || text.contains("out of disk space");
    }
}
