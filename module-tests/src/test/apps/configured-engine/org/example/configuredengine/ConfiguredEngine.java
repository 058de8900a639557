// SPDX-License-Identifier: Apache-2.0
package org.example.configuredengine;

import io.sett.api.EngineInfo;
import io.sett.api.StorageProvider;
import io.sett.api.error.StorageException;
import io.sett.api.kv.KVStore;
import io.sett.provider.StorageProviders;
import java.nio.file.Path;

/** Opens the default key-value store of a configuration file and lists the engines. */
public final class ConfiguredEngine {

    private ConfiguredEngine() {
    }

    public static void main(String[] arguments) {
        try (StorageProvider storage = StorageProviders.from(Path.of(arguments[0])).start()) {
            KVStore store = storage.getKVStore();
            store.put(new byte[] {1}, new byte[] {2});
            System.out.println(store.name() + " on " + store.engine() + " has " + store.count(new byte[0]));
            for (EngineInfo engine : storage.engines()) {
                System.out.println((engine.usable() ? "usable " : "not usable ") + engine.id() + engine.failure()
                        .map(reason -> ": " + reason).orElse(""));
            }
        } catch (StorageException failure) {
            System.out.println(failure.code() + ": " + failure.getMessage());
            System.exit(1);
        }
    }
}
