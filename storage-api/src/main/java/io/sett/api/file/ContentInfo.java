// SPDX-License-Identifier: Apache-2.0
package io.sett.api.file;

import java.util.Optional;

/**
 * What a {@link ContentStore} knows of one content.
 *
 * @param sha256 its name: the SHA-256 in lower-case hexadecimal digits
 * @param size its length in bytes
 * @param references how often it was put and not yet removed; at least 1
 */
public record ContentInfo(String sha256, long size, long references) {

    /** Refuses a malformed checksum and numbers that cannot be with {@code INVALID_ARGUMENT}. */
    public ContentInfo {
        Checks.sha256(Optional.of(sha256));
        Checks.notNegative(size, "size");
        if (references < 1) {
            throw Checks.invalid("references is " + references + "; content without references is not there");
        }
    }
}
