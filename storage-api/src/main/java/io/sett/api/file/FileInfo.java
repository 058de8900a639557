// SPDX-License-Identifier: Apache-2.0
package io.sett.api.file;

import java.time.Instant;
import java.util.Optional;

/**
 * What a store knows of a file or directory.
 *
 * @param name the full name below the root of the store; the root itself is the empty string
 * @param size the length of the content in bytes; 0 for a directory
 * @param createdAt when the name was first written; overwriting keeps it
 * @param modifiedAt when the content was last written
 * @param directory whether it is a directory
 * @param sha256 the checksum of the content in lower-case hexadecimal digits, where the store keeps one
 */
public record FileInfo(String name, long size, Instant createdAt, Instant modifiedAt, boolean directory,
        Optional<String> sha256) {

    /** Refuses a negative size and a malformed checksum with {@code INVALID_ARGUMENT}. */
    public FileInfo {
        Checks.notNegative(size, "size");
        Checks.sha256(sha256);
    }

    /** The last part of the name: {@code "may.pdf"} of {@code "reports/may.pdf"}. */
    public String fileName() {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** The name of the directory it lies in; the empty string for the root. */
    public String directoryName() {
        return name.substring(0, Math.max(0, name.lastIndexOf('/')));
    }
}
