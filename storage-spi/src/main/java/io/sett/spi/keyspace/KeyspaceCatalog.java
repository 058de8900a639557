// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.keyspace;

import io.sett.api.common.KeyRange;
import io.sett.api.common.RetryPolicy;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.CursorOptions;
import io.sett.api.kv.Isolation;
import io.sett.api.kv.KVStore;
import io.sett.api.kv.Transaction;
import io.sett.api.kv.TransactionOptions;
import io.sett.api.kv.WriteOptions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The named keyspaces of a store: finds, makes, lists and drops them. Any thread. */
final class KeyspaceCatalog {

    private static final int MAX_NAME = 255;
    private static final TransactionOptions OPTIONS =
            TransactionOptions.defaults().withIsolation(Isolation.SNAPSHOT).withTag("keyspaces");

    private final KVStore stored;
    private final Map<String, Keyspace> known = new ConcurrentHashMap<>();
    private final ReentrantLock changing = new ReentrantLock();
    private boolean swept;

    KeyspaceCatalog(KVStore stored) {
        this.stored = stored;
    }

    /** The keyspace of that name, made when there is none. */
    Keyspace open(String name) {
        Keyspace keyspace = known.get(name);
        if (keyspace != null) {
            return keyspace;
        }
        byte[] nameKey = KeyMapping.nameKey(bytes(name));
        changing.lock();
        try {
            keyspace = known.get(name);
            if (keyspace == null) {
                byte[] id = stored.get(nameKey).orElse(null);
                keyspace = new Keyspace(stored.name(), name, KeyMapping.named(id == null ? make(nameKey) : number(id)));
                known.put(name, keyspace);
            }
            return keyspace;
        } finally {
            changing.unlock();
        }
    }

    private int make(byte[] nameKey) {
        sweep();
        return change(transaction -> {
            int id = transaction.getForUpdate(KeyMapping.lastIdKey()).map(KeyspaceCatalog::number).orElse(0) + 1;
            transaction.put(KeyMapping.lastIdKey(), number(id));
            transaction.put(nameKey, number(id));
            return id;
        });
    }

    private <T> T change(Function<Transaction, T> body) {
        return stored.update(OPTIONS, RetryPolicy.defaults(), WriteOptions.defaults(), body);
    }

    private byte[] bytes(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0 || bytes.length > MAX_NAME) {
            throw new InvalidOperationException(ErrorCode.INVALID_ARGUMENT, "store '" + stored.name()
                    + "': the name of a keyspace has 1 to " + MAX_NAME + " bytes in UTF-8, got " + bytes.length
                    + " bytes: '" + name + "'", Map.of("store", stored.name(), "limit", MAX_NAME));
        }
        return bytes;
    }

    private static int number(byte[] value) {
        return ByteBuffer.wrap(value).getInt();
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }

    /** All names, in order of their bytes. */
    List<String> names() {
        return new ArrayList<>(ids().keySet());
    }

    private Map<String, Integer> ids() {
        Map<String, Integer> ids = new LinkedHashMap<>();
        try (Cursor cursor = stored.cursor(CursorOptions.of(KeyMapping.allNames()))) {
            while (cursor.next()) {
                ids.put(new String(KeyMapping.name(cursor.key()), StandardCharsets.UTF_8), number(cursor.value()));
            }
        }
        return ids;
    }

    /** Removes a keyspace and all in it; whether there was one. */
    boolean drop(String name) {
        byte[] nameKey = KeyMapping.nameKey(bytes(name));
        changing.lock();
        try {
            byte[] id = stored.get(nameKey).orElse(null);
            if (id == null) {
                return false;
            }
            Keyspace keyspace = known.get(name);
            mark(keyspace, true);
            boolean done = false;
            try {
                change(transaction -> {
                    transaction.delete(nameKey);
                    transaction.deleteRange(KeyMapping.named(number(id)).stored(KeyRange.all()));
                    return true;
                });
                done = true;
            } finally {
                mark(keyspace, done);
            }
            known.remove(name);
            return true;
        } finally {
            changing.unlock();
        }
    }

    private static void mark(@Nullable Keyspace keyspace, boolean dropped) {
        if (keyspace != null) {
            keyspace.drop(dropped);
        }
    }

    /** Once in the life of the open store: removes what late writers left in keyspaces that were dropped. */
    private void sweep() {
        if (swept) {
            return;
        }
        swept = true;
        Set<Integer> live = new HashSet<>(ids().values());
        List<KeyRange> orphans = new ArrayList<>();
        try (Cursor cursor = stored.cursor(CursorOptions.of(KeyMapping.allNamed()).withKeysOnly(true))) {
            boolean more = cursor.first();
            while (more) {
                int id = KeyMapping.id(cursor.key());
                KeyRange range = KeyMapping.named(id).stored(KeyRange.all());
                if (!live.contains(id)) {
                    orphans.add(range);
                }
                more = cursor.seek(range.end().orElseThrow());
            }
        }
        orphans.forEach(stored::deleteRange);
    }
}
