// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.survival;

import io.sett.api.error.StorageException;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.KVBatch;
import io.sett.api.kv.KVStore;
import io.sett.api.kv.Snapshot;
import io.sett.api.kv.Transaction;
import io.sett.api.kv.TransactionOptions;
import io.sett.engine.lsm.Lsm;
import io.sett.engine.lsm.LsmOptions;
import io.sett.testkit.Bytes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The process of {@link LsmMisuseTest}: opens a store, closes what it gives at random, goes on using it. */
final class Misuse {

    private static final int THREADS = 3;

    private final KVStore store;
    private final Snapshot snapshot;
    private final Transaction transaction;
    private final KVBatch batch;
    private final Cursor cursor;
    private final Cursor forSnapshot;

    private Misuse(KVStore store) {
        this.store = store;
        this.snapshot = store.snapshot();
        this.transaction = store.transaction(TransactionOptions.defaults());
        this.batch = store.batchBegin();
        this.cursor = store.iterate(new byte[0]);
        this.forSnapshot = snapshot.iterate(new byte[0]);
        cursor.next();
    }

    /** Directory, seed, rounds. */
    public static void main(String[] arguments) throws InterruptedException {
        Random random = new Random(Long.parseLong(arguments[1]));
        LsmOptions options = LsmOptions.defaults().withSyncWrites(false).withMemTableSize(65536)
                .with("base_table_size", 8192).with("value_threshold", 64);
        List<Throwable> wrong = Collections.synchronizedList(new ArrayList<>());
        int rounds = Integer.parseInt(arguments[2]);
        for (int round = 0; round < rounds && wrong.isEmpty(); round++) {
            Misuse misuse = new Misuse(Lsm.open(Path.of(arguments[0]), options));
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                long seed = random.nextLong();
                threads.add(new Thread(() -> misuse.calls(new Random(seed), wrong)));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            misuse.store.close();
        }
        wrong.forEach(Throwable::printStackTrace);
        System.out.println(wrong.isEmpty() ? "done" : "failed");
    }

    private void calls(Random random, List<Throwable> wrong) {
        for (int i = 0; i < 40; i++) {
            try {
                call(random);
            } catch (StorageException expected) {
                // What a closed thing says.
            } catch (RuntimeException | Error other) {
                wrong.add(other);
            }
        }
    }

    private void call(Random random) {
        byte[] key = Bytes.bytes("key" + random.nextInt(500));
        switch (random.nextInt(24)) {
            case 0 -> snapshot.close();
            case 1 -> transaction.close();
            case 2 -> batch.close();
            case 3 -> cursor.close();
            case 4 -> forSnapshot.close();
            case 5 -> {
                if (random.nextInt(8) == 0) {
                    store.close();
                }
            }
            case 6 -> store.get(key);
            case 7 -> snapshot.get(key);
            case 8 -> forSnapshot.next();
            case 9 -> forSnapshot.seek(key);
            case 10 -> store.count(new byte[0]);
            case 11 -> store.maintenance().flush();
            case 12 -> store.health();
            case 13 -> store.metrics();
            case 14 -> {
                try (Cursor own = store.iterate(new byte[0])) {
                    while (own.next()) {
                        own.value();
                    }
                }
            }
            case 15 -> snapshot.has(key);
            default -> store.put(key, new byte[random.nextInt(400)]);
        }
    }
}
