// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.model;

import io.sett.api.common.KeyRange;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.CursorOptions;
import io.sett.api.kv.KVBatch;
import io.sett.api.kv.KVStore;
import io.sett.testkit.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the named keyspaces of a store must hold, and operations on both. */
final class KeyspaceModel {

    private final Map<String, TreeMap<byte[], byte[]>> keyspaces = new TreeMap<>();

    void step(KVStore store, KVOperation operation) {
        String name = "keyspace" + operation.slot();
        if (operation.action() == KVOperation.Action.KEYSPACE_DROP) {
            require(store.dropKeyspace(name) == (keyspaces.remove(name) != null), "dropping " + name);
            return;
        }
        KVStore real = store.keyspace(name);
        TreeMap<byte[], byte[]> model = keyspaces.computeIfAbsent(name, made -> new TreeMap<>(Arrays::compareUnsigned));
        switch (operation.action()) {
            case KEYSPACE_PUT -> put(store, real, name, model, operation);
            case KEYSPACE_DELETE_RANGE -> {
                real.deleteRange(operation.range());
                model.keySet().removeIf(operation.range()::contains);
            }
            default -> compare(real, model, name);
        }
    }

    private static void put(KVStore store, KVStore real, String name, TreeMap<byte[], byte[]> model,
            KVOperation operation) {
        if (operation.number() % 2 == 0) {
            real.put(operation.keyBytes(), operation.value());
        } else {
            try (KVBatch batch = store.batchBegin()) {
                batch.in(name).put(operation.keyBytes(), operation.value());
                batch.write();
            }
        }
        model.put(operation.keyBytes(), operation.value());
    }

    void compareAll(KVStore store) {
        require(store.keyspaces().equals(new ArrayList<>(keyspaces.keySet())), "keyspaces: expected "
                + keyspaces.keySet() + ", got " + store.keyspaces());
        keyspaces.forEach((name, model) -> compare(store.keyspace(name), model, name));
    }

    private static void compare(KVStore real, TreeMap<byte[], byte[]> model, String name) {
        List<String> expected = new ArrayList<>();
        model.forEach((key, value) -> expected.add(Bytes.hex(key) + "=" + Arrays.hashCode(value)));
        List<String> found = new ArrayList<>();
        try (Cursor cursor = real.cursor(CursorOptions.of(KeyRange.all()))) {
            while (cursor.next()) {
                found.add(Bytes.hex(cursor.key()) + "=" + Arrays.hashCode(cursor.value()));
            }
        }
        require(expected.equals(found), name + ": expected " + expected + ", got " + found);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new AssertionError(message);
        }
    }
}
