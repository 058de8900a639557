// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import io.sett.api.error.StorageException;
import io.sett.engine.lsm.internal.io.FileNames;
import io.sett.engine.lsm.internal.io.StoreDirectory;
import io.sett.engine.lsm.internal.table.TableCache;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Deletes tables that nobody needs any more, off the thread that let go of them. Any thread. */
final class ObsoleteTables implements LongConsumer {

    private static final String WORK = "deleting files";

    private final Path directory;
    private final StoreHealth health;
    private final StoreEvents events;
    private final Executor executor;
    private volatile @Nullable TableCache tables;

    ObsoleteTables(Path directory, StoreHealth health, StoreEvents events, Executor executor) {
        this.directory = directory;
        this.health = health;
        this.events = events;
        this.executor = executor;
    }

    /** From now on tables may be open. */
    void begin(TableCache open) {
        tables = open;
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
            TableCache open = tables;
            if (open != null) {
                open.evict(id);
            }
            StoreDirectory.delete(FileNames.table(directory, id));
            events.fileDeleted("table", FileNames.tableName(id));
            health.recovered(WORK);
        } catch (StorageException e) {
            health.troubled(WORK, e);
        }
    }
}
