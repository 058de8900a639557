// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.kv;

import io.sett.api.common.Durability;
import io.sett.api.common.KeyRange;
import io.sett.api.kv.Isolation;
import io.sett.spi.Deadline;

/**
 * What an engine is asked to commit: all of it or nothing.
 *
 * @param transactionId the transaction, 0 for a single write or a batch
 * @param writes what to write, maybe empty: first its ranges are removed, then its keys are written; not changed any
 *     more
 * @param reads what must not have changed
 * @param readVersion the version the transaction read at
 * @param isolation which of {@code reads} and {@code writes} count
 * @param durability what the commit must survive
 * @param deadline by when it must be done
 * @param tag the caller's word for logs and audit, may be empty
 */
public record CommitRequest(long transactionId, WriteSet writes, ReadSet reads,
        long readVersion, Isolation isolation, Durability durability, Deadline deadline, String tag) {

    /** Writes that read nothing and so never conflict: a single write or a batch. */
    public static CommitRequest blind(WriteSet writes, Durability durability, Deadline deadline) {
        return new CommitRequest(0, writes, ReadSet.nothing(), 0, Isolation.READ_COMMITTED,
                durability, deadline, "");
    }

    /** The removal of a range. */
    public static CommitRequest deleteRange(KVArguments arguments, KeyRange range, Durability durability,
            Deadline deadline) {
        WriteSet writes = new WriteSet(arguments);
        writes.deleteRange(range);
        return blind(writes, durability, deadline);
    }

    /** Whether it can conflict at all, so that {@link ConflictWindow#check} must be asked. */
    public boolean canConflict() {
        return !reads.isEmpty() || isolation == Isolation.SNAPSHOT;
    }

    /**
     * Whether there is nothing to write: it only asks whether what was read for update is unchanged. The engine then
     * checks, assigns no version and answers {@link #readVersion()}.
     */
    public boolean writesNothing() {
        return writes.isEmpty();
    }
}
