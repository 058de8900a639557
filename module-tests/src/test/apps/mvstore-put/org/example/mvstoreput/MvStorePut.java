// SPDX-License-Identifier: Apache-2.0
package org.example.mvstoreput;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/** What the program FirstPut does, with H2's MVStore: opens a store in a directory, puts, gets. */
public final class MvStorePut {

    private MvStorePut() {
    }

    public static void main(String[] arguments) throws IOException {
        Path directory = Files.createDirectories(Path.of(arguments[0]));
        try (MVStore store = MVStore.open(directory.resolve("store.mv").toString())) {
            MVMap<byte[], byte[]> map = store.openMap("default");
            map.put("greeting".getBytes(UTF_8), "hello".getBytes(UTF_8));
            store.commit();
            System.out.println(new String(map.get("greeting".getBytes(UTF_8)), UTF_8));
        }
    }
}
