// SPDX-License-Identifier: Apache-2.0
package io.sett.api.kv;

import io.sett.api.common.Capability;
import io.sett.api.common.KeyRange;
import io.sett.api.common.ProgressListener;

/**
 * Work on a store that usually happens by itself. All calls run beside readers and writers, end early with
 * {@link io.sett.api.error.CancelledException} when the thread is interrupted, and throw
 * {@link io.sett.api.error.UnsupportedFeatureException} where the engine lacks the capability that is named.
 */
public interface Maintenance {

    /** Makes all that is written so far durable, whatever the durability of the writes. */
    void flush();

    /** Rewrites a range so that deleted and overwritten data leaves it ({@link Capability#COMPACTION}). */
    CompactionResult compact(KeyRange range, ProgressListener progress);

    /** {@link #compact(KeyRange, ProgressListener)} of everything. */
    default CompactionResult compact() {
        return compact(KeyRange.all(), ProgressListener.NONE);
    }

    /**
     * Brings everything into as few sorted runs as the engine can have, so that reads look in one place; for a store
     * that is read much after it has been loaded. An engine without levels compacts ({@link Capability#COMPACTION}).
     */
    default CompactionResult flatten(ProgressListener progress) {
        return compact(KeyRange.all(), progress);
    }

    /** Frees the space of dead values until nothing is worth it any more ({@link Capability#GARBAGE_COLLECTION}). */
    GarbageCollectionResult garbageCollect(ProgressListener progress);

    /** {@link #garbageCollect(ProgressListener)} without a listener. */
    default GarbageCollectionResult garbageCollect() {
        return garbageCollect(ProgressListener.NONE);
    }

    /** Checks what is stored and reports every problem found ({@link Capability#VERIFY}). Changes nothing. */
    VerifyReport verify(VerifyLevel level, ProgressListener progress);

    /** {@link #verify(VerifyLevel, ProgressListener)} without a listener. */
    default VerifyReport verify(VerifyLevel level) {
        return verify(level, ProgressListener.NONE);
    }

    /** The inner state in a form for people. */
    String describe();

    /** A maintenance of a store that does nothing by hand: each call but {@code describe} is unsupported. */
    static Maintenance unsupported(String store, String engine) {
        return new UnsupportedMaintenance(store, engine);
    }
}
