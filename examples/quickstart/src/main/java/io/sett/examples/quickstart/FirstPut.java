// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sett.api.kv.KVStore;
import io.sett.engine.lsm.Lsm;
import java.nio.file.Path;

/** Opens a store in a directory, puts, gets. */
public final class FirstPut {

    private FirstPut() {
    }

    /** The program; its argument is the directory, {@code data/first} without one. */
    public static void main(String[] arguments) {
        Path directory = Path.of(arguments.length > 0 ? arguments[0] : "data/first");
        try (KVStore store = Lsm.open(directory)) {
            store.put("greeting".getBytes(UTF_8), "hello".getBytes(UTF_8));
            System.out.println(new String(store.getOrThrow("greeting".getBytes(UTF_8)), UTF_8));
        }
    }
}
