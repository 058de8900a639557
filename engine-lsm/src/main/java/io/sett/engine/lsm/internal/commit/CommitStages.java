// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.commit;

import io.sett.api.error.StorageException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the {@link CommitPipeline} needs of the rest of the engine. All methods are called by the leader, one at a time.
 */
public interface CommitStages {

    /**
     * Sees to it that the next group has room: rotates a full memtable, slows down or waits when flush and compaction
     * are behind.
     *
     * @param first the commit in whose name the group is led; its deadline counts
     * @throws io.sett.api.error.StorageException when there is no room in time or the store accepts no writes
     */
    void makeRoom(PendingCommit first);

    /**
     * Checks a commit against those before it, and remembers it if it passes.
     *
     * @param version the version it will have
     * @return why it cannot be, or null
     */
    @Nullable StorageException admit(PendingCommit commit, long version);

    /**
     * Writes the commits to the log, whose versions are {@code firstVersion} and following; returns when they are as
     * durable as asked.
     *
     * @throws io.sett.api.error.StorageException when nothing of the group counts, unless the error says that the
     *     outcome is unknown
     */
    void log(List<PendingCommit> group, long firstVersion, boolean force);

    /** Puts a commit into the memtable. */
    void insert(PendingCommit commit, long version);

    /** Makes everything up to this version visible. */
    void publish(long version);

    /** The version of the newest commit; only the leader changes it. */
    long lastVersion();
}
