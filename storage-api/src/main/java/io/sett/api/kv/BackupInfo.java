// SPDX-License-Identifier: Apache-2.0
package io.sett.api.kv;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A backup.
 *
 * @param id unique among the backups of the store
 * @param path where it is
 * @param baseIdOrNull the backup it builds on, null for a full one
 * @param createdAt when it was finished
 * @param fromVersion versions above this one are in it
 * @param toVersion up to this one
 * @param keys number of entries
 * @param bytes size on disk
 * @param sha256 checksum of the content in hexadecimal
 * @param formatVersion version of the backup format
 * @param encrypted whether a key is needed
 */
public record BackupInfo(String id, Path path, @Nullable String baseIdOrNull, Instant createdAt, long fromVersion,
        long toVersion, long keys, long bytes, String sha256, int formatVersion, boolean encrypted) {

    /** The backup this one builds on; empty for a full one. */
    public Optional<String> baseId() {
        return Optional.ofNullable(baseIdOrNull);
    }
}
