// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import io.sett.api.error.StorageException;
import io.sett.engine.lsm.internal.vlog.ValueLog;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;

/** Deletes value-log files that nobody needs any more, off the thread that let go of them. Any thread. */
final class ObsoleteValues implements LongConsumer {

    private static final String WORK = "deleting value-log files";

    private final ValueLog values;
    private final StoreHealth health;
    private final Executor executor;
    private final LongAdder deleted = new LongAdder();

    ObsoleteValues(ValueLog values, StoreHealth health, Executor executor) {
        this.values = values;
        this.health = health;
        this.executor = executor;
    }

    @Override
    public void accept(long id) {
        try {
            executor.execute(() -> delete(id));
        } catch (RejectedExecutionException closingNow) {
            delete(id);
        }
    }

    private void delete(long id) {
        try {
            values.delete(id);
            deleted.increment();
            health.recovered(WORK);
        } catch (StorageException e) {
            health.troubled(WORK, e);
        }
    }

    /** How many files were deleted. */
    long deletedFiles() {
        return deleted.sum();
    }
}
