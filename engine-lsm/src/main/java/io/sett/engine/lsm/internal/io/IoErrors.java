// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.io;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.OutOfSpaceException;
import io.sett.api.error.StorageException;
import io.sett.api.error.StorageUnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Turns an IOException into an error of the API. */
public final class IoErrors {

    private IoErrors() {
    }

    /**
     * The error for a failed operation.
     *
     * @param action what was tried, as a verb: "write", "force"
     */
    public static StorageException failed(String action, Path file, IOException cause) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("file", file);
        details.put("action", action);
        String message = "cannot " + action + " " + file + ": " + cause;
        if (isOutOfSpace(cause)) {
            return new OutOfSpaceException(ErrorCode.INSUFFICIENT_DISK_SPACE,
                    message + "; free space on the disk, writes then go on", details, cause);
        }
        return new StorageUnavailableException(ErrorCode.STORAGE_UNAVAILABLE,
                message + "; check the disk and the rights on the directory, then open the store again", details,
                cause);
    }

    /** Whether the failure says that the disk or a quota is full. The JDK tells it by text only. */
    public static boolean isOutOfSpace(IOException failure) {
        String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return text.contains("no space left") || text.contains("not enough space") || text.contains("disk full")
                || text.contains("quota exceeded") || text.contains("disk is full")
                || text.contains("out of disk space");
    }
}
