// SPDX-License-Identifier: Apache-2.0
package io.sett.api.file;

import java.time.Instant;
import java.util.Optional;

/**
 * What a temporary store knows of a file or directory.
 *
 * @param id its id in the store
 * @param size the length of the content in bytes; of a directory, of everything in it
 * @param createdAt when it was made
 * @param expiresAt when it will vanish; empty when only at close or restart of the store
 * @param directory whether it is a directory
 */
public record TempFileInfo(String id, long size, Instant createdAt, Optional<Instant> expiresAt, boolean directory) {

    /** Refuses a negative size with {@code INVALID_ARGUMENT}. */
    public TempFileInfo {
        Checks.notNegative(size, "size");
    }
}
