// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.keyspace;

import io.sett.api.common.KeyRange;
import io.sett.api.common.ProgressListener;
import io.sett.api.kv.CompactionResult;
import io.sett.api.kv.GarbageCollectionResult;
import io.sett.api.kv.Maintenance;
import io.sett.api.kv.VerifyLevel;
import io.sett.api.kv.VerifyReport;

/** The maintenance of the store; ranges mean keys of the keyspace, and all keys of the default one everything. */
final class KeyspaceMaintenance implements Maintenance {

    private final Maintenance stored;
    private final Keyspace keyspace;

    KeyspaceMaintenance(Maintenance stored, Keyspace keyspace) {
        this.stored = stored;
        this.keyspace = keyspace;
    }

    @Override
    public void flush() {
        stored.flush();
    }

    @Override
    public CompactionResult compact(KeyRange range, ProgressListener progress) {
        boolean everything = keyspace.isDefault() && range.equals(KeyRange.all());
        return stored.compact(everything ? range : keyspace.mapping().stored(range), progress);
    }

    @Override
    public GarbageCollectionResult garbageCollect(ProgressListener progress) {
        return stored.garbageCollect(progress);
    }

    @Override
    public VerifyReport verify(VerifyLevel level, ProgressListener progress) {
        return stored.verify(level, progress);
    }

    @Override
    public String describe() {
        return stored.describe();
    }
}
