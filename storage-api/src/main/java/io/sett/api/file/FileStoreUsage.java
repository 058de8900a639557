// SPDX-License-Identifier: Apache-2.0
package io.sett.api.file;

import java.util.OptionalLong;

/**
 * How much a file or temporary store holds.
 *
 * @param files the number of files
 * @param bytes the length of their contents together
 * @param maxFiles the quota on the number; empty when there is none
 * @param maxBytes the quota on the length; empty when there is none
 * @param usableDiskBytes what the file system could still take; empty where it does not say
 */
public record FileStoreUsage(long files, long bytes, OptionalLong maxFiles, OptionalLong maxBytes,
        OptionalLong usableDiskBytes) {

    /** Refuses negative numbers with {@code INVALID_ARGUMENT}. */
    public FileStoreUsage {
        Checks.notNegative(files, "files");
        Checks.notNegative(bytes, "bytes");
        Checks.notNegative(maxFiles.orElse(0), "maxFiles");
        Checks.notNegative(maxBytes.orElse(0), "maxBytes");
        Checks.notNegative(usableDiskBytes.orElse(0), "usableDiskBytes");
    }
}
