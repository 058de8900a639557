// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import io.sett.api.common.ProgressListener;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.kv.RepairReport;
import io.sett.engine.lsm.internal.io.StoreDirectory;
import io.sett.engine.lsm.internal.recovery.LockFile;
import io.sett.engine.lsm.internal.recovery.Salvage;
import java.nio.file.Path;
import java.util.Map;

/** Repairs a store that is not open: locks both directories and salvages the one into the other. Any thread. */
public final class StoreRepair {

    private static final String OPENER = "repair";

    private StoreRepair() {
    }

    /** Saves what is whole into an empty directory. */
    public static RepairReport run(Path damaged, Path target, ProgressListener progress) {
        StoreDirectory into = StoreDirectory.create(target);
        if (!into.list().isEmpty()) {
            throw new InvalidOperationException(ErrorCode.INVALID_ARGUMENT, "the target of a repair must be empty, "
                    + target + " is not; name a new directory", Map.of("directory", target));
        }
        StoreDirectory from = StoreDirectory.of(damaged);
        try (LockFile first = LockFile.acquire(damaged, OPENER, false);
                LockFile second = LockFile.acquire(target, OPENER, false)) {
            return new Salvage(from, from, into, System.currentTimeMillis(), progress).run();
        }
    }
}
