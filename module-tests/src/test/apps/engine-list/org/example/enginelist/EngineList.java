// SPDX-License-Identifier: Apache-2.0
package org.example.enginelist;

import io.sett.api.error.StorageException;
import io.sett.api.kv.KVStore;
import io.sett.spi.Engines;
import java.util.Map;

/** Without an argument lists the engines that are found; with one, opens a key-value store on that engine. */
public final class EngineList {

    private EngineList() {
    }

    public static void main(String[] arguments) {
        try {
            if (arguments.length == 0) {
                System.out.println(Engines.discover().report().describe());
                return;
            }
            try (KVStore store = Engines.open(KVStore.class, arguments[0], Map.of())) {
                store.put(new byte[] {1}, new byte[] {2});
                System.out.println(store.engine() + " has " + store.count(new byte[0]));
            }
        } catch (StorageException failure) {
            System.out.println(failure.code() + ": " + failure.getMessage());
            System.exit(1);
        }
    }
}
