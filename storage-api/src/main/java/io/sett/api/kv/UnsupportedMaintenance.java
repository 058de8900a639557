// SPDX-License-Identifier: Apache-2.0
package io.sett.api.kv;

import io.sett.api.common.Capability;
import io.sett.api.common.KeyRange;
import io.sett.api.common.ProgressListener;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.UnsupportedFeatureException;
import java.util.Map;

/** Refuses every call with the capability that is missing. */
record UnsupportedMaintenance(String store, String engine) implements Maintenance {

    @Override
    public void flush() {
        throw missing("flush", Capability.PERSISTENT);
    }

    @Override
    public CompactionResult compact(KeyRange range, ProgressListener progress) {
        throw missing("compact", Capability.COMPACTION);
    }

    @Override
    public GarbageCollectionResult garbageCollect(ProgressListener progress) {
        throw missing("garbageCollect", Capability.GARBAGE_COLLECTION);
    }

    @Override
    public VerifyReport verify(VerifyLevel level, ProgressListener progress) {
        throw missing("verify", Capability.VERIFY);
    }

    @Override
    public String describe() {
        return "store '" + store + "', engine " + engine;
    }

    private UnsupportedFeatureException missing(String call, Capability capability) {
        return new UnsupportedFeatureException(ErrorCode.UNSUPPORTED_FEATURE, "store '" + store + "': engine '" + engine
                + "' cannot " + call + "; it lacks the capability " + capability,
                Map.of("store", store, "engine", engine, "capability", capability));
    }
}
