// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.compaction;

import io.sett.engine.lsm.internal.version.Version;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Runs one compaction from beginning to applied edit, and tells the host. Any thread. */
final class CompactionRunner {

    private final CompactionHost host;
    private final CompactionJob.Setting setting;

    CompactionRunner(CompactionHost host, CompactionJob.Setting setting) {
        this.host = host;
        this.setting = setting;
    }

    CompactionJob.Result run(Compaction compaction, Version version, BooleanSupplier cancelled) {
        return run(compaction, version, null, cancelled);
    }

    /** The same, moving values on the way. */
    CompactionJob.Result run(Compaction compaction, Version version, @Nullable ValueMover mover,
            BooleanSupplier cancelled) {
        CompactionHost.Course course = host.began(compaction);
        CompactionJob.Result result;
        try {
            result = new CompactionJob(compaction, version, setting, host.horizon(), cancelled).moving(mover).run();
            host.apply(result.edit());
        } catch (RuntimeException | Error e) {
            course.abandoned();
            throw e;
        }
        course.completed(result);
        return result;
    }
}
