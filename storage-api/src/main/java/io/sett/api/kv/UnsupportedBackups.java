// SPDX-License-Identifier: Apache-2.0
package io.sett.api.kv;

import io.sett.api.common.Capability;
import io.sett.api.common.ProgressListener;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.UnsupportedFeatureException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Refuses every call. */
record UnsupportedBackups(String store, String engine) implements Backups {

    @Override
    public BackupInfo backup(Path directory, BackupOptions options, ProgressListener progress) {
        throw missing();
    }

    @Override
    public BackupInfo restore(Path backup, ProgressListener progress) {
        throw missing();
    }

    @Override
    public VerifyReport verify(Path backup, ProgressListener progress) {
        throw missing();
    }

    @Override
    public Optional<BackupStatus> status(String backupId) {
        throw missing();
    }

    @Override
    public List<BackupInfo> list() {
        throw missing();
    }

    private UnsupportedFeatureException missing() {
        return new UnsupportedFeatureException(ErrorCode.UNSUPPORTED_FEATURE, "store '" + store + "': engine '" + engine
                + "' makes no backups; it lacks the capability " + Capability.BACKUP,
                Map.of("store", store, "engine", engine, "capability", Capability.BACKUP));
    }
}
