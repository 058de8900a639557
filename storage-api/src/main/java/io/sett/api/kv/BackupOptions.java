// SPDX-License-Identifier: Apache-2.0
package io.sett.api.kv;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a backup is made. Immutable.
 *
 * @param baseIdOrNull the backup whose changes since then are saved, null for a full backup
 * @param compress whether it is compressed
 * @param encrypt whether it is encrypted with the configured key
 */
public record BackupOptions(@Nullable String baseIdOrNull, boolean compress, boolean encrypt) {

    /** Everything, compressed, not encrypted. */
    public static BackupOptions full() {
        return new BackupOptions(null, true, false);
    }

    /** What changed since an earlier backup, compressed, not encrypted. */
    public static BackupOptions incremental(String baseId) {
        return new BackupOptions(baseId, true, false);
    }

    /** The backup this one builds on; empty for a full one. */
    public Optional<String> baseId() {
        return Optional.ofNullable(baseIdOrNull);
    }

    /** The same compressed or not. */
    public BackupOptions withCompress(boolean value) {
        return new BackupOptions(baseIdOrNull, value, encrypt);
    }

    /** The same encrypted or not. */
    public BackupOptions withEncrypt(boolean value) {
        return new BackupOptions(baseIdOrNull, compress, value);
    }
}
