// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.compaction;

import io.sett.engine.lsm.internal.version.Version;
import io.sett.spi.log.Loggers;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Runs one compaction from beginning to applied edit, and tells the host. Any thread. */
final class CompactionRunner {

    private static final Logger LOG = Loggers.of(CompactionRunner.class);

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
        long began = System.nanoTime();
        host.began(compaction);
        LOG.debug("compaction begins: {}", compaction);
        boolean done = false;
        try {
            CompactionJob.Result result = new CompactionJob(compaction, version, setting, host.horizon(), cancelled)
                    .moving(mover).run();
            host.apply(result.edit());
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            LOG.debug("compaction done in {}: {} bytes to {}, {} entries dropped", took, result.inputBytes(),
                    result.outputBytes(), result.dropped());
            host.completed(result, took);
            done = true;
            return result;
        } finally {
            if (!done) {
                host.abandoned(compaction, Duration.ofNanos(System.nanoTime() - began));
            }
        }
    }
}
