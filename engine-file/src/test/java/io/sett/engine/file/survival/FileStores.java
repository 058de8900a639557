// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.survival;

import io.sett.api.common.StoreKind;
import io.sett.api.file.FileStore;
import io.sett.engine.file.LocalFiles;
import io.sett.engine.file.internal.KeyValueFileEngineProvider;
import io.sett.spi.EngineContext;
import io.sett.spi.Engines;
import io.sett.spi.settings.EngineSettings;
import java.nio.file.Path;
import java.util.Map;

/** Opens file stores on any file system. */
final class FileStores {

    private FileStores() {
    }

    /** A store in a directory: of engine {@code file}, or in a key-value store of engine {@code badger}. */
    static FileStore open(String engine, Path root) {
        if (engine.equals("file")) {
            return LocalFiles.open(root);
        }
        KeyValueFileEngineProvider provider = new KeyValueFileEngineProvider();
        EngineSettings settings = EngineSettings.of("test", provider.schema(StoreKind.FILE), Map.of("key_value_engine",
                engine, "root_path", "", "key_value_settings", "mem_table_size=1MB,path=kv"));
        return Engines.open(FileStore.class, provider,
                EngineContext.of("test", StoreKind.FILE, settings).withDataRoot(root));
    }
}
