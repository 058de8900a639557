// SPDX-License-Identifier: Apache-2.0
package io.sett.api.kv;

import io.sett.api.common.ProgressListener;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Backups of a store, made while it is in use, and their restoring.
 *
 * <p>Errors: {@link io.sett.api.error.StorageUnavailableException} (BACKUP_FAILED, RESTORE_FAILED: the target is
 * untouched), {@link io.sett.api.error.CorruptionException} (BACKUP_CORRUPTED),
 * {@link io.sett.api.error.OutOfSpaceException}, {@link io.sett.api.error.UnsupportedFeatureException}.
 */
public interface Backups {

    /** Makes a backup in this directory and waits for it. It shows one moment of the store. */
    BackupInfo backup(Path directory, BackupOptions options, ProgressListener progress);

    /** A full backup, without a listener. */
    default BackupInfo backup(Path directory) {
        return backup(directory, BackupOptions.full(), ProgressListener.NONE);
    }

    /** Replaces the content of the store by that of a backup, atomically. */
    BackupInfo restore(Path backup, ProgressListener progress);

    /** Checks a backup completely without restoring it. */
    VerifyReport verify(Path backup, ProgressListener progress);

    /** How a backup of this store is doing or how it ended; empty for an unknown id. */
    Optional<BackupStatus> status(String backupId);

    /** All backups known, newest first. */
    List<BackupInfo> list();

    /** Backups of a store that has none: each call is unsupported. */
    static Backups unsupported(String store, String engine) {
        return new UnsupportedBackups(store, engine);
    }
}
