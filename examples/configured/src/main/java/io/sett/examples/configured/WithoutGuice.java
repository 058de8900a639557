// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.configured;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sett.api.StorageProvider;
import io.sett.api.StoreInfo;
import io.sett.api.cache.CacheStore;
import io.sett.api.file.FileStore;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.KVStore;
import io.sett.provider.StorageProviders;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Opens a key-value store, a cache and a file store as a configuration file says. */
public final class WithoutGuice {

    private WithoutGuice() {
    }

    /** The program; its argument is the configuration, {@code conf/storage.yaml} without one. */
    public static void main(String[] arguments) {
        Path configuration = Path.of(arguments.length > 0 ? arguments[0] : "conf/storage.yaml");
        try (StorageProvider storage = StorageProviders.from(configuration).start()) {
            KVStore balances = storage.getKVStore();
            balances.putMany(Map.of(bytes("alice"), bytes("70"), bytes("bob"), bytes("30")));
            try (Cursor all = balances.iterate(new byte[0])) {
                while (all.next()) {
                    System.out.println(text(all.key()) + " has " + text(all.value()));
                }
            }

            CacheStore sessions = storage.getCacheStore();
            sessions.set("session 1", bytes("alice"), Duration.ofMinutes(10));
            System.out.println("session 1 is of " + text(sessions.getOrThrow("session 1")));

            FileStore receipts = storage.getFileStore();
            receipts.save("2026/receipt-1.txt", bytes("30 from alice to bob\n"));
            System.out.print("receipt 1 says " + text(receipts.load("2026/receipt-1.txt")));

            for (StoreInfo store : storage.stores()) {
                System.out.println(store.id() + " is on " + store.engine());
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
