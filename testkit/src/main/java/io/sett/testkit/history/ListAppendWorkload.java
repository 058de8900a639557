// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.history;

import static io.sett.testkit.Bytes.bytes;
import static io.sett.testkit.Bytes.text;

import io.sett.api.error.StorageException;
import io.sett.api.error.TransactionConflictException;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.Isolation;
import io.sett.api.kv.KVStore;
import io.sett.api.kv.Transaction;
import io.sett.api.kv.TransactionOptions;
import io.sett.testkit.Parallel;
import io.sett.testkit.history.AppendTransaction.Append;
import io.sett.testkit.history.AppendTransaction.Outcome;
import io.sett.testkit.history.AppendTransaction.Read;
import io.sett.testkit.history.AppendTransaction.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets threads append to and read lists in transactions on a store, and writes down what they saw. */
public final class ListAppendWorkload {

    private static final String PREFIX = "list/";
    private static final int TRANSACTIONS_OF_A_WINDOW = 100;
    private static final int KEYS_OF_A_WINDOW = 5;

    private final KVStore store;
    private final Isolation level;
    private final AtomicInteger ids = new AtomicInteger();
    private final Queue<AppendTransaction> done = new ConcurrentLinkedQueue<>();

    private ListAppendWorkload(KVStore store, Isolation level) {
        this.store = store;
        this.level = level;
    }

    /**
     * Runs transactions at a level and returns their history. At READ_COMMITTED appends read for update, since a plain
     * read and write would lose updates there, as it may.
     *
     * @param store a store that holds no key beginning with {@code list/}
     * @param transactions how many each thread runs, those that lose included
     */
    public static ListAppendHistory run(KVStore store, Isolation level, int threads, int transactions, long seed) {
        ListAppendWorkload workload = new ListAppendWorkload(store, level);
        Parallel.run(threads, thread -> {
            Random random = new Random(seed * 31 + thread);
            for (int i = 0; i < transactions; i++) {
                workload.transaction(random);
            }
        });
        return new ListAppendHistory(new ArrayList<>(workload.done), workload.finalState());
    }

    private void transaction(Random random) {
        int id = ids.incrementAndGet();
        List<Step> steps = new ArrayList<>();
        Outcome outcome = Outcome.ABORTED;
        try (Transaction transaction = store.transaction(TransactionOptions.defaults().withIsolation(level))) {
            int length = 1 + random.nextInt(5);
            for (int i = 0; i < length; i++) {
                int window = id / TRANSACTIONS_OF_A_WINDOW;
                String key = PREFIX + (window * KEYS_OF_A_WINDOW + random.nextInt(KEYS_OF_A_WINDOW));
                step(transaction, key, random.nextBoolean(), id * 10L + i, steps);
                if (random.nextInt(4) == 0) {
                    Thread.yield();
                }
            }
            if (random.nextInt(20) > 0) {
                transaction.commit();
                outcome = Outcome.COMMITTED;
            }
        } catch (TransactionConflictException lost) {
            outcome = Outcome.ABORTED;
        } catch (StorageException failed) {
            outcome = failed.outcomeUnknown() ? Outcome.UNKNOWN : Outcome.ABORTED;
        }
        done.add(new AppendTransaction(id, steps, outcome));
    }

    private void step(Transaction transaction, String key, boolean append, long value, List<Step> steps) {
        Optional<byte[]> current = append && level == Isolation.READ_COMMITTED
                ? transaction.getForUpdate(bytes(key)) : transaction.get(bytes(key));
        List<Long> list = parse(current);
        steps.add(new Read(key, list));
        if (append) {
            String longer = current.map(old -> text(old) + " ").orElse("") + value;
            transaction.put(bytes(key), bytes(longer));
            steps.add(new Append(key, value));
        }
    }

    private static List<Long> parse(Optional<byte[]> list) {
        return list.map(value -> Arrays.stream(text(value).split(" ")).map(Long::valueOf).toList()).orElse(List.of());
    }

    private Map<String, List<Long>> finalState() {
        Map<String, List<Long>> state = new HashMap<>();
        for (AppendTransaction transaction : done) {
            transaction.steps().forEach(step -> state.put(step.key(), List.of()));
        }
        try (Cursor cursor = store.iterate(bytes(PREFIX))) {
            while (cursor.next()) {
                state.put(text(cursor.key()), parse(Optional.of(cursor.value())));
            }
        }
        return state;
    }
}
