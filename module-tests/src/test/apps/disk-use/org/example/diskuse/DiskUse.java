// SPDX-License-Identifier: Apache-2.0
package org.example.diskuse;

import io.sett.api.kv.KVStore;
import io.sett.engine.lsm.Lsm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Prints how many bytes a store takes on disk after one put, first open, then closed. */
public final class DiskUse {

    private DiskUse() {
    }

    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        try (KVStore store = Lsm.open(directory)) {
            store.put(new byte[] {1}, new byte[] {2});
            System.out.println("open " + bytes(directory));
        }
        System.out.println("closed " + bytes(directory));
    }

    private static long bytes(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).mapToLong(DiskUse::size).sum();
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
