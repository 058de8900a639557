// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file;

import io.sett.api.common.Store;
import io.sett.api.common.StoreKind;
import io.sett.api.file.FileStore;
import io.sett.api.file.TempStore;
import io.sett.engine.file.internal.FileEngineProvider;
import io.sett.engine.file.internal.TempEngineProvider;
import io.sett.spi.EngineContext;
import io.sett.spi.EngineProvider;
import io.sett.spi.Engines;
import io.sett.spi.settings.EngineSettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Opens a file store or a temporary store in a directory, without configuration or dependency injection.
 *
 * <pre>{@code
 * try (FileStore files = LocalFiles.open(Path.of("data/files"))) {
 *     files.save("hello.txt", bytes);
 * }
 * }</pre>
 */
public final class LocalFiles {

    private LocalFiles() {
    }

    /** Opens a file store with default settings; the directory and its parents are made. Close it. */
    public static FileStore open(Path directory) {
        return open(directory, Map.of());
    }

    /**
     * Opens a file store; the directory and its parents are made. Close it.
     *
     * @param directory of any file system
     * @param settings values of the section {@code storage.file}, without {@code root_path}
     */
    public static FileStore open(Path directory, Map<String, ?> settings) {
        return open(FileStore.class, new FileEngineProvider(), StoreKind.FILE, directory, "root_path", settings);
    }

    /** Opens a temporary store with default settings; the directory and its parents are made. Close it. */
    public static TempStore openTemporary(Path directory) {
        return openTemporary(directory, Map.of());
    }

    /**
     * Opens a temporary store; the directory and its parents are made. Close it.
     *
     * @param directory of any file system
     * @param settings values of the section {@code storage.temp}, without {@code temp_path}
     */
    public static TempStore openTemporary(Path directory, Map<String, ?> settings) {
        return open(TempStore.class, new TempEngineProvider(), StoreKind.TEMP, directory, "temp_path", settings);
    }

    private static <S extends Store> S open(Class<S> type, EngineProvider engine, StoreKind kind, Path directory,
            String pathKey, Map<String, ?> settings) {
        Map<String, Object> all = new LinkedHashMap<>(settings);
        all.put(pathKey, "");
        EngineSettings checked =
                EngineSettings.of("the settings of engine '" + engine.id() + "'", engine.schema(kind), all);
        return Engines.open(type, engine, EngineContext.of(engine.id(), kind, checked).withDataRoot(directory));
    }
}
