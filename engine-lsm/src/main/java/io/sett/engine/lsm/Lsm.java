// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm;

import io.sett.api.common.ProgressListener;
import io.sett.api.common.StoreKind;
import io.sett.api.kv.KVStore;
import io.sett.api.kv.RepairReport;
import io.sett.engine.lsm.internal.LsmEngineProvider;
import io.sett.engine.lsm.internal.StoreRepair;
import io.sett.spi.EngineContext;
import io.sett.spi.settings.EngineSettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Opens a store in a directory, without configuration or dependency injection.
 *
 * <pre>{@code
 * try (KVStore store = Lsm.open(Path.of("data/chain"))) {
 *     store.put("greeting".getBytes(UTF_8), "hello".getBytes(UTF_8));
 * }
 * }</pre>
 */
public final class Lsm {

    private Lsm() {
    }

    /**
     * Opens a store with default options, or makes it; the directory and its parents are made. Close it.
     *
     * @param directory of any file system
     * @throws io.sett.api.error.StorageUnavailableException RESOURCE_LOCK_TIMEOUT when the store is open already; the
     *     message names the holder
     * @throws io.sett.api.error.CorruptionException when the store is damaged
     * @throws io.sett.api.error.FormatVersionException when a newer version of the library wrote it
     */
    public static KVStore open(Path directory) {
        return open(directory, LsmOptions.defaults());
    }

    /** {@link #open(Path)} with options. */
    public static KVStore open(Path directory, LsmOptions options) {
        return open(directory, options, ProgressListener.NONE);
    }

    /**
     * {@link #open(Path)} with options.
     *
     * @param progress hears, in this thread, how far recovering is: the phases manifest, tables, logs and, unless
     *     reading only, cleaning and writing; what it throws ends the opening
     */
    public static KVStore open(Path directory, LsmOptions options, ProgressListener progress) {
        LsmEngineProvider engine = new LsmEngineProvider();
        Map<String, Object> settings = new LinkedHashMap<>(options.settings());
        settings.put("path", "");
        EngineSettings checked = EngineSettings.of("the options of the store in " + directory,
                engine.schema(StoreKind.KEY_VALUE), settings);
        Path name = directory.getFileName();
        EngineContext context = EngineContext.of(name == null ? engine.id() : name.toString(), StoreKind.KEY_VALUE,
                checked).withDataRoot(directory).withProgress(progress);
        return (KVStore) engine.open(StoreKind.KEY_VALUE, context);
    }

    /**
     * Saves what is whole of a damaged store into a new one. The damaged store is only read (and locked), nothing of it
     * is deleted. Old versions of keys stay; values that were stored apart from their keys are stored with them.
     *
     * @param damaged directory of the store, whose logs lie in it too
     * @param target of the new store; empty or not there yet
     * @param progress hears, in this thread, the phases look and merge; what it throws ends the repair
     * @return what was saved and what was lost
     * @throws io.sett.api.error.StorageUnavailableException when the damaged store is open
     * @throws io.sett.api.error.InvalidOperationException when there is something in the target
     */
    public static RepairReport repair(Path damaged, Path target, ProgressListener progress) {
        return StoreRepair.run(damaged, target, progress);
    }
}
