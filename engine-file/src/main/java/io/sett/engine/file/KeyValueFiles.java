// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file;

import io.sett.api.common.StoreKind;
import io.sett.api.file.FileStore;
import io.sett.api.kv.KVStore;
import io.sett.engine.file.internal.kv.KeyValueFileSettings;
import io.sett.engine.file.internal.kv.KeyValueFileStore;
import io.sett.spi.EngineContext;
import io.sett.spi.settings.EngineSettings;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Keeps files in a key-value store of any engine with serializable transactions. What is written becomes visible by one
 * transaction; content is split into chunks, so streams and ranges need little memory whatever the length. Files
 * survive what the key-value store survives.
 *
 * <pre>{@code
 * try (KVStore store = Engines.open(KVStore.class, "badger", Map.of("path", "data/all"));
 *         FileStore files = KeyValueFiles.over(store, "files/")) {
 *     files.save("hello.txt", bytes);
 * }
 * }</pre>
 *
 * <p>With configuration alone, the engine {@code kvfile} does the same in a key-value store of its own.
 */
public final class KeyValueFiles {

    private KeyValueFiles() {
    }

    /** A file store with default settings, see {@link #over(KVStore, String, Map)}. */
    public static FileStore over(KVStore store, String prefix) {
        return over(store, prefix, Map.of());
    }

    /**
     * A file store in a key-value store, which stays open when the file store is closed. Close the file store first.
     *
     * @param prefix what all its keys begin with, in UTF-8; keys with this prefix must be left to it. May be empty
     * @param settings values of the section {@code storage.kvfile}, without those of the key-value engine
     * @throws io.sett.api.error.UnsupportedFeatureException when the engine lacks serializable transactions
     * @throws io.sett.api.error.InvalidOperationException when a file store of this prefix is open already
     */
    public static FileStore over(KVStore store, String prefix, Map<String, ?> settings) {
        EngineSettings checked = EngineSettings.of("the settings of the file store in key-value store '" + store.name()
                + "'", KeyValueFileSettings.SCHEMA, settings);
        return KeyValueFileStore.open(EngineContext.of(KeyValueFileStore.ENGINE, StoreKind.FILE, checked), store,
                prefix.getBytes(StandardCharsets.UTF_8), false);
    }
}
