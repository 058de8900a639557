// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal;

import io.sett.api.common.Capability;
import io.sett.api.common.Store;
import io.sett.api.common.StoreKind;
import io.sett.api.error.ConfigurationException;
import io.sett.api.error.ErrorCode;
import io.sett.api.kv.KVStore;
import io.sett.engine.file.internal.kv.KeyValueFileSettings;
import io.sett.engine.file.internal.kv.KeyValueFileStore;
import io.sett.spi.EngineContext;
import io.sett.spi.EngineProvider;
import io.sett.spi.Engines;
import io.sett.spi.SpiVersion;
import io.sett.spi.settings.EngineSettings;
import io.sett.spi.settings.SettingsSchema;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The engine {@code kvfile}: files in a key-value store of its own, of any engine. */
public final class KeyValueFileEngineProvider implements EngineProvider {

    private static final byte[] NO_PREFIX = new byte[0];

    /** For the service loader. */
    public KeyValueFileEngineProvider() {
    }

    @Override
    public String id() {
        return KeyValueFileStore.ENGINE;
    }

    @Override
    public SpiVersion spiVersion() {
        return new SpiVersion(1, 0);
    }

    @Override
    public Set<StoreKind> kinds() {
        return Set.of(StoreKind.FILE);
    }

    @Override
    public Set<Capability> capabilities(StoreKind kind) {
        return KeyValueFileStore.CAPABILITIES;
    }

    @Override
    public SettingsSchema schema(StoreKind kind) {
        return KeyValueFileSettings.SCHEMA;
    }

    @Override
    public String artifact() {
        return "io.sett:engine-file";
    }

    @Override
    public Store open(StoreKind kind, EngineContext context) {
        KVStore store = openKeyValueStore(context);
        boolean fine = false;
        try {
            Store files = KeyValueFileStore.open(context, store, NO_PREFIX, true);
            fine = true;
            return files;
        } finally {
            if (!fine) {
                store.close();
            }
        }
    }

    private static KVStore openKeyValueStore(EngineContext context) {
        KeyValueFileSettings settings = KeyValueFileSettings.of(context.settings());
        EngineProvider engine = Engines.discover().require(settings.engine(), StoreKind.KEY_VALUE);
        EngineSettings checked = EngineSettings.of("storage." + KeyValueFileStore.ENGINE + ".key_value_settings",
                engine.schema(StoreKind.KEY_VALUE), parse(settings.engineSettings()));
        Path root = context.resolve(settings.rootPath());
        EngineContext inner = new EngineContext(context.name(), StoreKind.KEY_VALUE, checked, root, context.clock(),
                context.scheduler(), context.events(), context.memory(), context.handles(), context.progress());
        return Engines.open(KVStore.class, engine, inner);
    }

    private static Map<String, String> parse(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : text.split(",")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.put(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
            } else if (!pair.isBlank()) {
                throw new ConfigurationException(ErrorCode.INVALID_CONFIG, "storage." + KeyValueFileStore.ENGINE
                        + ".key_value_settings has '" + pair.strip() + "', expected key=value joined by commas, such as "
                        + "sync_writes=false,mem_table_size=16MB");
            }
        }
        return values;
    }
}
