// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.reference;

import io.sett.api.common.KeyRange;
import io.sett.api.common.ProgressListener;
import io.sett.api.kv.CompactionResult;
import io.sett.api.kv.GarbageCollectionResult;
import io.sett.api.kv.Maintenance;
import io.sett.api.kv.VerifyLevel;
import io.sett.api.kv.VerifyReport;

/** Refuses all but the flush, for there is nothing to maintain. */
record ReferenceMaintenance(ReferenceStore store) implements Maintenance {

    private Maintenance refusing() {
        store.checkOpen();
        return Maintenance.unsupported(store.name(), store.engine());
    }

    @Override
    public void flush() {
        store.checkOpen();
    }

    @Override
    public CompactionResult compact(KeyRange range, ProgressListener progress) {
        return refusing().compact(range, progress);
    }

    @Override
    public GarbageCollectionResult garbageCollect(ProgressListener progress) {
        return refusing().garbageCollect(progress);
    }

    @Override
    public VerifyReport verify(VerifyLevel level, ProgressListener progress) {
        return refusing().verify(level, progress);
    }

    @Override
    public String describe() {
        return "store '" + store.name() + "' of the reference engine, " + store.newest() + " commits";
    }
}
