// SPDX-License-Identifier: Apache-2.0
package io.sett.provider;

import io.sett.api.StorageProvider;
import io.sett.api.sql.Rows;
import io.sett.spi.EngineRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** Uses a provider with the SQLite engine on or off and tells whether its native library was unpacked. */
final class SqliteSwitch {

    private SqliteSwitch() {
    }

    public static void main(String[] arguments) throws IOException {
        boolean enabled = Boolean.parseBoolean(arguments[1]);
        try (StorageProvider storage = StorageProviders.from(Map.of("storage.data_root", arguments[0],
                "storage.enabled_stores.sqlite", enabled)).withEngines(EngineRegistry.discover()).start()) {
            storage.getKVStore().put(new byte[] {1}, new byte[] {2});
            storage.getCacheStore().set("k", new byte[] {3});
            if (enabled) {
                storage.getSQLStore().query("select 1", Rows.asLong());
            }
            try (Stream<Path> files = Files.list(Path.of(arguments[2]))) {
                System.out.println("native library: " + files.anyMatch(file -> file.getFileName().toString()
                        .contains("sqlite")));
            }
        }
    }
}
