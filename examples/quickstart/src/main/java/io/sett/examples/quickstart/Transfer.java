// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sett.api.kv.Cursor;
import io.sett.api.kv.KVStore;
import io.sett.spi.Engines;
import java.util.Map;

/** Opens a store by the id of its engine, moves money between two accounts in a transaction, and lists them. */
public final class Transfer {

    private static final byte[] ALICE = "account/alice".getBytes(UTF_8);
    private static final byte[] BOB = "account/bob".getBytes(UTF_8);

    private Transfer() {
    }

    /** The program; its argument is the directory, {@code data/transfer} without one. */
    public static void main(String[] arguments) {
        String directory = arguments.length > 0 ? arguments[0] : "data/transfer";
        try (KVStore store = Engines.open(KVStore.class, "badger", Map.of("path", directory))) {
            store.putMany(Map.of(ALICE, number(100), BOB, number(0)));
            store.execute(transaction -> {
                transaction.put(ALICE, number(value(transaction.getOrThrow(ALICE)) - 30));
                transaction.put(BOB, number(value(transaction.getOrThrow(BOB)) + 30));
            });
            try (Cursor accounts = store.iterate("account/".getBytes(UTF_8))) {
                while (accounts.next()) {
                    System.out.println(new String(accounts.key(), UTF_8) + " " + value(accounts.value()));
                }
            }
        }
    }

    private static byte[] number(long value) {
        return Long.toString(value).getBytes(UTF_8);
    }

    private static long value(byte[] bytes) {
        return Long.parseLong(new String(bytes, UTF_8));
    }
}
