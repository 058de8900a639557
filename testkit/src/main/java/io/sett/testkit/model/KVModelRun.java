// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.model;

import io.sett.api.common.Capability;
import io.sett.api.common.KeyRange;
import io.sett.api.error.TransactionConflictException;
import io.sett.api.kv.BulkLoad;
import io.sett.api.kv.BulkLoadOptions;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.CursorOptions;
import io.sett.api.kv.Isolation;
import io.sett.api.kv.KVBatch;
import io.sett.api.kv.KVReader;
import io.sett.api.kv.KVStore;
import io.sett.api.kv.PutOptions;
import io.sett.api.kv.Snapshot;
import io.sett.api.kv.Transaction;
import io.sett.api.kv.TransactionOptions;
import io.sett.testkit.Bytes;
import io.sett.testkit.StoreFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** One history on one store: does each operation on the store and on the model, and compares what both say. */
final class KVModelRun {

    private record OpenTransaction(Transaction real, KVModel.Pending model) {
    }

    private record OpenSnapshot(Snapshot real, int state) {
    }

    private record OpenCursor(Cursor real, CursorModel model, int owner) {
    }

    private static final int NOBODY = -1;

    private final StoreFixture<KVStore> fixture;
    private final KVModel model = new KVModel();
    private final Map<Integer, OpenTransaction> transactions = new HashMap<>();
    private final Map<Integer, OpenSnapshot> snapshots = new HashMap<>();
    private final Map<Integer, OpenCursor> cursors = new HashMap<>();
    private final KeyspaceModel keyspaces = new KeyspaceModel();

    KVModelRun(StoreFixture<KVStore> fixture) {
        this.fixture = fixture;
    }

    void run(Iterable<KVOperation> history) {
        for (KVOperation operation : history) {
            step(operation);
        }
        closeAll();
        compareAll(store(), latest());
        if (offers(Capability.KEYSPACES)) {
            keyspaces.compareAll(store());
        }
    }

    private KVStore store() {
        return fixture.store();
    }

    private boolean offers(Capability capability) {
        return store().supports(capability);
    }

    private Instant instant() {
        return fixture.clock().instant();
    }

    private void step(KVOperation operation) {
        switch (operation.action()) {
            case PUT, PUT_TTL, DELETE, BATCH, PUT_IF_ABSENT, GET_AND_SET, DELETE_RANGE, BULK_LOAD -> write(operation);
            case GET, COUNT, SCAN -> read(store(), latest(), operation);
            case BEGIN, TX_COMMIT, TX_ROLLBACK -> transaction(operation);
            case TX_PUT, TX_DELETE, TX_DELETE_RANGE, TX_GET, TX_GET_FOR_UPDATE, TX_SCAN -> inTransaction(operation);
            case SNAPSHOT, SNAPSHOT_GET, SNAPSHOT_SCAN, SNAPSHOT_CLOSE -> snapshot(operation);
            case CURSOR, TX_CURSOR, CURSOR_MOVE, CURSOR_CLOSE -> cursor(operation);
            case KEYSPACE_PUT, KEYSPACE_DELETE_RANGE, KEYSPACE_SCAN, KEYSPACE_DROP -> {
                if (offers(Capability.KEYSPACES)) {
                    keyspaces.step(store(), operation);
                    model.commit(Map.of()); // a commit like every other one: transactions may lose against it
                }
            }
            default -> maintain(operation);
        }
    }

    private SortedMap<byte[], byte[]> latest() {
        return model.view(model.newest(), Map.of(), instant());
    }

    // --- single writes ---

    private Optional<KVModel.Entry> entry(byte[] value, Optional<Duration> ttl) {
        return Optional.of(new KVModel.Entry(value, ttl.map(time -> instant().plus(time)).orElse(null)));
    }

    private void write(KVOperation operation) {
        byte[] key = operation.keyBytes();
        byte[] value = operation.value();
        switch (operation.action()) {
            case PUT_TTL -> {
                if (offers(Capability.TTL)) {
                    Duration ttl = Duration.ofMillis(1 + operation.number() % 5000);
                    store().put(key, value, PutOptions.ttl(ttl));
                    model.commit(Map.of(key, entry(value, Optional.of(ttl))));
                }
            }
            case DELETE -> {
                store().delete(key);
                model.commit(Map.of(key, Optional.empty()));
            }
            case DELETE_RANGE -> {
                if (offers(Capability.RANGE_DELETE)) {
                    store().deleteRange(operation.range());
                    model.commit(deletions(operation.range()));
                }
            }
            case BATCH -> batch(operation);
            case BULK_LOAD -> {
                if (offers(Capability.BULK_LOAD)) {
                    bulkLoad(operation);
                }
            }
            case PUT_IF_ABSENT -> {
                Optional<byte[]> before = Optional.ofNullable(latest().get(key));
                same("putIfAbsent", before, store().putIfAbsent(key, value));
                if (before.isEmpty()) {
                    model.commit(Map.of(key, entry(value, Optional.empty())));
                }
            }
            case GET_AND_SET -> {
                same("getAndSet", Optional.ofNullable(latest().get(key)), store().getAndSet(key, value));
                model.commit(Map.of(key, entry(value, Optional.empty())));
            }
            default -> {
                store().put(key, value);
                model.commit(Map.of(key, entry(value, Optional.empty())));
            }
        }
    }

    private void bulkLoad(KVOperation operation) {
        Map<byte[], Optional<KVModel.Entry>> writes = new TreeMap<>(Arrays::compareUnsigned);
        try (BulkLoad load = store().bulkLoad(BulkLoadOptions.unsorted())) {
            for (int i = 0; i < 1 + operation.slot() * 2; i++) {
                byte[] key = KVOperation.allKeys().get((operation.key() + i * 5) % KVOperation.allKeys().size());
                load.put(key, operation.value());
                writes.put(key, entry(operation.value(), Optional.empty()));
            }
            load.commit();
        }
        model.commit(writes);
    }

    private static Map<byte[], Optional<KVModel.Entry>> deletions(KeyRange range) {
        Map<byte[], Optional<KVModel.Entry>> writes = new TreeMap<>(Arrays::compareUnsigned);
        KVOperation.allKeys().stream().filter(range::contains).forEach(key -> writes.put(key, Optional.empty()));
        return writes;
    }

    private void batch(KVOperation operation) {
        Map<byte[], Optional<KVModel.Entry>> writes = new TreeMap<>(Arrays::compareUnsigned);
        try (KVBatch batch = store().batchBegin()) {
            for (int i = 0; i < 1 + operation.slot() * 3; i++) {
                KVOperation part = new KVOperation(operation.action(), 0, operation.key(), operation.number() + i * 7);
                byte[] key = i % 2 == 0 ? part.otherKey() : part.keyBytes();
                if (i % 5 == 4 && offers(Capability.RANGE_DELETE)) {
                    batch.deleteRange(part.range());
                    writes.putAll(deletions(part.range()));
                } else if (part.number() % 4 == 0) {
                    batch.delete(key);
                    writes.put(key, Optional.empty());
                } else {
                    batch.put(key, part.value());
                    writes.put(key, entry(part.value(), Optional.empty()));
                }
            }
            batch.write();
        }
        model.commit(writes);
    }

    // --- reads ---

    private void read(KVReader real, SortedMap<byte[], byte[]> expected, KVOperation operation) {
        byte[] key = operation.keyBytes();
        switch (operation.action()) {
            case COUNT -> {
                KeyRange prefix = KeyRange.prefix(key);
                long count = expected.keySet().stream().filter(prefix::contains).count();
                require(count == real.count(key), "count: expected " + count + ", got " + real.count(key));
            }
            case SCAN, TX_SCAN, SNAPSHOT_SCAN -> compareAll(real, expected);
            default -> {
                Optional<byte[]> value = Optional.ofNullable(expected.get(key));
                same("get", value, real.get(key));
                require(real.has(key) == value.isPresent(), "has: expected " + value.isPresent());
            }
        }
    }

    private void compareAll(KVReader real, SortedMap<byte[], byte[]> expected) {
        Map<String, String> wanted = new LinkedHashMap<>();
        expected.forEach((key, value) -> wanted.put(Bytes.hex(key), digest(value)));
        Map<String, String> found = new LinkedHashMap<>();
        try (Cursor cursor = real.iterate(new byte[0])) {
            while (cursor.next()) {
                found.put(Bytes.hex(cursor.key()), digest(cursor.value()));
            }
        }
        require(java.util.List.copyOf(wanted.entrySet()).equals(java.util.List.copyOf(found.entrySet())),
                "scan: expected " + wanted + ", got " + found);
    }

    private static String digest(byte[] value) {
        return value.length + ":" + Integer.toHexString(Arrays.hashCode(value));
    }

    private static void same(String what, Optional<byte[]> expected, Optional<byte[]> actual) {
        require(expected.map(KVModelRun::digest).equals(actual.map(KVModelRun::digest)), what + ": expected "
                + expected.map(KVModelRun::digest) + ", got " + actual.map(KVModelRun::digest));
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new AssertionError(message);
        }
    }

    // --- transactions ---

    private void transaction(KVOperation operation) {
        OpenTransaction open = transactions.get(operation.slot());
        if (operation.action() == KVOperation.Action.BEGIN) {
            if (open == null) {
                Isolation[] levels = Isolation.values();
                Isolation level = levels[operation.number() % (offers(Capability.SERIALIZABLE) ? 3 : 2)];
                Transaction real = store().transaction(TransactionOptions.defaults().withIsolation(level));
                transactions.put(operation.slot(),
                        new OpenTransaction(real, new KVModel.Pending(model.newest(), level)));
            }
        } else if (open != null) {
            end(operation.slot(), open, operation.action() == KVOperation.Action.TX_COMMIT);
        }
    }

    private void end(int slot, OpenTransaction open, boolean commit) {
        transactions.remove(slot);
        cursors.values().removeIf(cursor -> cursor.owner() == slot);
        try (Transaction real = open.real()) {
            if (commit) {
                real.commit();
                require(!open.model().mustConflict(model), "commit of slot " + slot + " at "
                        + open.model().isolation + " lost somebody's update");
                if (!open.model().writes.isEmpty()) {
                    model.commit(open.model().writes);
                }
            }
        } catch (TransactionConflictException conflict) {
            lost(slot, open, conflict);
        }
    }

    private void lost(int slot, OpenTransaction open, TransactionConflictException conflict) {
        transactions.remove(slot);
        cursors.values().removeIf(cursor -> cursor.owner() == slot);
        open.real().close();
        if (!open.model().mayConflict(model)) {
            throw new AssertionError("a conflict in slot " + slot + " though nobody committed since", conflict);
        }
    }

    private void inTransaction(KVOperation operation) {
        OpenTransaction open = transactions.get(operation.slot());
        if (open == null) {
            return;
        }
        byte[] key = operation.keyBytes();
        KVModel.Pending pending = open.model();
        SortedMap<byte[], byte[]> seen = model.view(pending.sees(model), pending.writes, instant());
        try {
            switch (operation.action()) {
                case TX_PUT -> {
                    open.real().put(key, operation.value());
                    pending.writes.put(key, entry(operation.value(), Optional.empty()));
                }
                case TX_DELETE -> {
                    open.real().delete(key);
                    pending.writes.put(key, Optional.empty());
                }
                case TX_DELETE_RANGE -> {
                    if (offers(Capability.RANGE_DELETE)) {
                        open.real().deleteRange(operation.range());
                        pending.writes.putAll(deletions(operation.range()));
                    }
                }
                case TX_GET_FOR_UPDATE -> {
                    boolean own = pending.writes.containsKey(key);
                    same("getForUpdate", Optional.ofNullable(seen.get(key)), open.real().getForUpdate(key));
                    if (!own) {
                        pending.forUpdate.putIfAbsent(key, pending.sees(model));
                    }
                }
                case TX_SCAN -> {
                    read(open.real(), seen, operation);
                    pending.reads.add(KeyRange.all());
                }
                default -> {
                    boolean own = pending.writes.containsKey(key);
                    read(open.real(), seen, operation);
                    if (!own) {
                        pending.reads.add(KeyRange.single(key));
                    }
                }
            }
        } catch (TransactionConflictException conflict) {
            lost(operation.slot(), open, conflict);
        }
    }

    // --- snapshots ---

    private void snapshot(KVOperation operation) {
        OpenSnapshot open = snapshots.get(operation.slot());
        if (operation.action() == KVOperation.Action.SNAPSHOT) {
            if (open == null && offers(Capability.SNAPSHOTS)) {
                snapshots.put(operation.slot(), new OpenSnapshot(store().snapshot(), model.newest()));
            }
        } else if (open != null && operation.action() == KVOperation.Action.SNAPSHOT_CLOSE) {
            snapshots.remove(operation.slot()).real().close();
        } else if (open != null) {
            read(open.real(), model.view(open.state(), Map.of(), instant()), operation);
        }
    }

    // --- cursors ---

    private void cursor(KVOperation operation) {
        OpenCursor open = cursors.get(operation.slot());
        switch (operation.action()) {
            case CURSOR -> openCursor(operation, store(), latest(), NOBODY);
            case TX_CURSOR -> {
                OpenTransaction owner = transactions.get(operation.slot());
                if (owner != null) {
                    openCursor(operation, owner.real(), model.view(owner.model().sees(model), owner.model().writes,
                            instant()), operation.slot());
                }
            }
            case CURSOR_CLOSE -> {
                if (open != null) {
                    cursors.remove(operation.slot()).real().close();
                }
            }
            default -> {
                if (open != null) {
                    move(operation, open);
                }
            }
        }
    }

    private void openCursor(KVOperation operation, KVReader reader, SortedMap<byte[], byte[]> content, int owner) {
        if (!cursors.containsKey(operation.slot())) {
            KeyRange range = switch (operation.number() % 4) {
                case 0 -> KeyRange.all();
                case 1 -> KeyRange.prefix(operation.keyBytes());
                case 2 -> KeyRange.of(operation.keyBytes(), operation.otherKey());
                default -> KeyRange.atLeast(operation.keyBytes());
            };
            boolean reverse = operation.number() / 4 % 2 == 1;
            Cursor real = reader.cursor(CursorOptions.of(range).withReverse(reverse));
            cursors.put(operation.slot(), new OpenCursor(real, new CursorModel(content, range, reverse), owner));
        }
    }

    private void move(KVOperation operation, OpenCursor open) {
        CursorModel.Move move = switch (operation.number() % 12) {
            case 0 -> CursorModel.Move.FIRST;
            case 1 -> CursorModel.Move.LAST;
            case 2, 3 -> CursorModel.Move.SEEK;
            case 4 -> CursorModel.Move.SEEK_FOR_PREV;
            case 5, 6, 7 -> CursorModel.Move.PREV;
            default -> CursorModel.Move.NEXT;
        };
        boolean expected = open.model().move(move, operation.keyBytes());
        boolean actual = move.of(open.real(), operation.keyBytes());
        require(expected == actual, "cursor " + move + ": expected " + expected + ", got " + actual);
        open.model().entry().ifPresent(entry -> {
            require(Arrays.equals(entry.getKey(), open.real().key()), "cursor " + move + ": expected key "
                    + Bytes.hex(entry.getKey()) + ", got " + Bytes.hex(open.real().key()));
            same("value at the cursor", Optional.of(entry.getValue()), Optional.of(open.real().value()));
        });
    }

    // --- time and maintenance ---

    private void maintain(KVOperation operation) {
        switch (operation.action()) {
            case ADVANCE -> {
                closeAll(); // what views of the past show of entries that expire meanwhile is left open
                fixture.clock().advance(Duration.ofMillis(operation.number() % 3000));
            }
            case REOPEN -> {
                if (offers(Capability.PERSISTENT)) {
                    closeAll();
                    fixture.reopen();
                }
            }
            case FLUSH -> {
                if (offers(Capability.PERSISTENT)) {
                    store().maintenance().flush();
                }
            }
            case COMPACT -> {
                if (offers(Capability.COMPACTION)) {
                    store().maintenance().compact();
                }
            }
            default -> {
                if (offers(Capability.GARBAGE_COLLECTION)) {
                    store().maintenance().garbageCollect();
                }
            }
        }
    }

    void closeAll() {
        cursors.values().forEach(cursor -> cursor.real().close());
        cursors.clear();
        transactions.values().forEach(transaction -> transaction.real().close());
        transactions.clear();
        snapshots.values().forEach(snapshot -> snapshot.real().close());
        snapshots.clear();
    }
}
