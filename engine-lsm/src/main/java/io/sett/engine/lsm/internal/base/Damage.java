// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.base;

import io.sett.api.error.CorruptionException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.FormatVersionException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes the errors for stored bytes that are not as they should be; each names file and offset. */
public final class Damage {

    private Damage() {
    }

    /** Stored bytes are damaged. */
    public static CorruptionException at(Path file, long offset, String what) {
        return new CorruptionException(ErrorCode.CORRUPTION, message(file, offset, what), details(file, offset));
    }

    /** Stored bytes are damaged, found through another failure. */
    public static CorruptionException at(Path file, long offset, String what, Throwable cause) {
        return new CorruptionException(ErrorCode.CORRUPTION, message(file, offset, what), details(file, offset), cause);
    }

    /** A file is no file of ours, or of a newer format. */
    public static FormatVersionException format(Path file, String what) {
        return new FormatVersionException(ErrorCode.FORMAT_VERSION, file + ": " + what, details(file, 0));
    }

    private static String message(Path file, long offset, String what) {
        return file + " is damaged at offset " + offset + ": " + what
                + "; restore the store from a backup, or salvage what is readable";
    }

    private static Map<String, Object> details(Path file, long offset) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("file", file);
        details.put("offset", offset);
        return details;
    }
}
