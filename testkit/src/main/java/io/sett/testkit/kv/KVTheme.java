// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.kv;

import static io.sett.testkit.Bytes.bytes;

import io.sett.api.common.Capability;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.Isolation;
import io.sett.api.kv.KVReader;
import io.sett.api.kv.KVStore;
import io.sett.api.kv.KVWriter;
import io.sett.api.kv.Transaction;
import io.sett.api.kv.TransactionOptions;
import io.sett.testkit.Bytes;
import io.sett.testkit.ContractTheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Short forms that all themes of key-value stores use. */
public interface KVTheme extends ContractTheme<KVStore> {

    /** The options of the strictest transactions the engine offers. */
    default TransactionOptions strictest() {
        return TransactionOptions.defaults()
                .withIsolation(offers(Capability.SERIALIZABLE) ? Isolation.SERIALIZABLE : Isolation.SNAPSHOT);
    }

    /** A transaction that reads and writes at the strictest level. */
    default Transaction begin() {
        return store().transaction(strictest());
    }

    /** A transaction for reading only, at the strictest level. */
    default Transaction beginReading() {
        return store().transaction(strictest().withReadOnly(true));
    }

    /** The levels the engine offers, weakest first. */
    default List<Isolation> levels() {
        List<Isolation> levels = new ArrayList<>(List.of(Isolation.READ_COMMITTED, Isolation.SNAPSHOT));
        if (offers(Capability.SERIALIZABLE)) {
            levels.add(Isolation.SERIALIZABLE);
        }
        return levels;
    }

    /** Puts a text. */
    default void put(KVWriter writer, String key, String value) {
        writer.put(bytes(key), bytes(value));
    }

    /** Puts texts, keys and values in turn. */
    default void fill(String... keysAndValues) {
        for (int i = 0; i < keysAndValues.length; i += 2) {
            put(store(), keysAndValues[i], keysAndValues[i + 1]);
        }
    }

    /** Puts each key with itself as the value. */
    default void fillKeys(String... keys) {
        for (String key : keys) {
            put(store(), key, key);
        }
    }

    /** The value of a key as text. */
    default Optional<String> get(KVReader reader, String key) {
        return Bytes.text(reader.get(bytes(key)));
    }

    /** The keys that a cursor has still to show, as texts. */
    default List<String> keys(Cursor cursor) {
        List<String> keys = new ArrayList<>();
        while (cursor.next()) {
            keys.add(Bytes.text(cursor.key()));
        }
        return keys;
    }

    /** Keys and values of a reader as {@code key=value}, in order. */
    default List<String> content(KVReader reader) {
        List<String> entries = new ArrayList<>();
        try (Cursor cursor = reader.iterate(new byte[0])) {
            while (cursor.next()) {
                entries.add(Bytes.text(cursor.key()) + "=" + Bytes.text(cursor.value()));
            }
        }
        return entries;
    }
}
