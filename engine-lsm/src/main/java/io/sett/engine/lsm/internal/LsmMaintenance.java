// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import io.sett.api.common.KeyRange;
import io.sett.api.common.Progress;
import io.sett.api.common.ProgressListener;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.kv.CompactionResult;
import io.sett.api.kv.GarbageCollectionResult;
import io.sett.api.kv.Maintenance;
import io.sett.api.kv.VerifyLevel;
import io.sett.api.kv.VerifyReport;
import io.sett.engine.lsm.internal.compaction.CompactionScheduler;
import io.sett.engine.lsm.internal.compaction.KeyLimits;
import java.time.Duration;
import java.util.Map;

/** Maintenance of a store by hand. Any thread. */
final class LsmMaintenance implements Maintenance {

    private final OpenStore open;

    LsmMaintenance(OpenStore open) {
        this.open = open;
    }

    private OpenStore.Writing writing() {
        open.environment().checkOpen();
        OpenStore.Writing parts = open.writing();
        if (parts == null) {
            throw new InvalidOperationException(ErrorCode.READ_ONLY_STORE, "store '" + open.arguments().store()
                    + "' is open for reading only (read_only = true); open it for writing",
                    Map.of("store", open.arguments().store()));
        }
        return parts;
    }

    @Override
    public void flush() {
        OpenStore.Writing parts = writing();
        open.health().checkWritable();
        parts.pipeline().exclusively(parts.work()::force);
    }

    @Override
    public CompactionResult compact(KeyRange range, ProgressListener progress) {
        KeyLimits limits = new KeyLimits(range.start().orElse(null), range.end().orElse(null));
        return manual("compact", progress, (compaction, steps) -> compaction.compact(limits, Long.MAX_VALUE, steps));
    }

    @Override
    public CompactionResult flatten(ProgressListener progress) {
        return manual("flatten", progress, (compaction, steps) -> compaction.flatten(Long.MAX_VALUE, steps));
    }

    /** A compaction by hand that is told of its steps. */
    private interface Manual {

        void run(CompactionScheduler compaction, CompactionScheduler.ManualListener steps);
    }

    /** Flushes, then compacts; progress counts bytes read, of which there may be more than were there at first. */
    private CompactionResult manual(String phase, ProgressListener progress, Manual manual) {
        OpenStore.Writing parts = writing();
        open.health().checkWritable();
        long start = System.nanoTime();
        parts.pipeline().exclusively(parts.work()::rotate);
        boolean more = true;
        while (more) {
            more = parts.flusher().flushOldest();
        }
        long total = open.versions().peek().totalBytes();
        progress.onProgress(new Progress(phase, 0, total, "bytes"));
        long[] sums = new long[3];
        manual.run(parts.compaction(), result -> {
            sums[0] += result.inputBytes();
            sums[1] += result.outputBytes();
            sums[2] += result.dropped();
            progress.onProgress(new Progress(phase, Math.min(sums[0], total), total, "bytes"));
        });
        progress.onProgress(new Progress(phase, total, total, "bytes"));
        return new CompactionResult(sums[0], sums[1], sums[2], Duration.ofNanos(System.nanoTime() - start));
    }

    @Override
    public GarbageCollectionResult garbageCollect(ProgressListener progress) {
        OpenStore.Writing parts = writing();
        open.health().checkWritable();
        return parts.collection().collect(progress);
    }

    @Override
    public VerifyReport verify(VerifyLevel level, ProgressListener progress) {
        open.environment().checkOpen();
        return new StoreCheck(open, level, progress).run();
    }

    @Override
    public String describe() {
        open.environment().checkOpen();
        return Description.of(open);
    }
}
