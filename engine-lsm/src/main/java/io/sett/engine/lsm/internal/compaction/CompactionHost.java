// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.compaction;

import io.sett.engine.lsm.internal.version.Version;
import io.sett.engine.lsm.internal.version.VersionEdit;
import java.time.Duration;

/**
 * What the {@link CompactionScheduler} needs of the rest of the engine. Called by any thread, without locks held, but
 * for {@link #holdVersion}.
 */
public interface CompactionHost {

    /** The current version, held; the scheduler releases it. Must not wait for a thread that calls the scheduler. */
    Version holdVersion();

    /** What can no longer be seen by readers who come now or are there already. */
    Horizon horizon();

    /** The newest version that was committed. */
    long newestVersion();

    /** Applies the edit durably. */
    void apply(VersionEdit edit);

    /** Runs a task in some thread, soon. */
    void execute(Runnable task);

    /** Runs a task after a while. */
    void later(Duration delay, Runnable task);

    /** A compaction begins, in the calling thread. */
    Course began(Compaction compaction);

    /** A compaction that runs; told of its end by the thread in which it began. */
    interface Course {

        /** It was done and applied. */
        void completed(CompactionJob.Result result);

        /** It has failed or was cancelled; nothing has changed. */
        void abandoned();
    }

    /** A compaction failed for the n-th time in a row and will be tried again. */
    void failed(Compaction compaction, RuntimeException cause, int attempt);

    /** Compactions failed too often; none runs until {@link CompactionScheduler#resume}. */
    void gaveUp(RuntimeException cause);
}
