// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.survival;

import static io.sett.testkit.Bytes.bytes;
import static io.sett.testkit.Bytes.text;

import io.sett.api.common.Durability;
import io.sett.api.error.StorageException;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.KVBatch;
import io.sett.api.kv.KVReader;
import io.sett.api.kv.KVStore;
import io.sett.api.kv.KVWriter;
import io.sett.api.kv.Transaction;
import io.sett.api.kv.TransactionOptions;
import io.sett.api.kv.WriteOptions;
import io.sett.testkit.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Commits of several keys each, of which is known what every part of them makes of a store: each leaves a mark of its
 * own, so the store tells which ones it has, and must then have exactly what these write. For one thread.
 */
public final class CommitHistory {

    /** What became of a commit. */
    public enum Outcome {
        /** It was acknowledged. */
        ACKNOWLEDGED,
        /** It failed with an error that says that nothing was written. */
        FAILED,
        /** It failed and may be there all the same, or it has not come back. */
        UNKNOWN
    }

    /**
     * One commit.
     *
     * @param number from 1
     * @param writes the values, null for a deletion
     * @param begun time before it
     * @param ended time after it
     * @param outcome what became of it
     */
    private record Commit(int number, Map<String, byte @Nullable []> writes, long begun, long ended,
            Outcome outcome) {
    }

    private static final String MARK = "commit/";
    private static final String KEY = "key/";
    private static final int KEYS = 40;

    private final Random random;
    private final int largestValue;
    private final Durability durability;
    private final LongSupplier time;
    private final List<Commit> commits = new ArrayList<>();
    private @Nullable StorageException lastError;

    /**
     * A history without commits.
     *
     * @param largestValue bytes of the largest values; most are small
     * @param durability of each commit
     * @param time a count that grows, such as the changes of a file system
     */
    public CommitHistory(long seed, int largestValue, Durability durability, LongSupplier time) {
        this.random = new Random(seed);
        this.largestValue = largestValue;
        this.durability = durability;
        this.time = time;
    }

    /** Commits once more, as a transaction or a batch; an error of the API is noted, not thrown. */
    public Outcome commit(KVStore store) {
        int number = commits.size() + 1;
        Map<String, byte @Nullable []> writes = writes(number);
        boolean batch = random.nextInt(3) == 0;
        long begun = time.getAsLong();
        Outcome outcome = Outcome.ACKNOWLEDGED;
        try {
            write(store, writes, batch);
        } catch (StorageException e) {
            outcome = e.outcomeUnknown() ? Outcome.UNKNOWN : Outcome.FAILED;
            lastError = e;
        }
        commits.add(new Commit(number, writes, begun, time.getAsLong(), outcome));
        return outcome;
    }

    private Map<String, byte @Nullable []> writes(int number) {
        Map<String, byte @Nullable []> writes = new LinkedHashMap<>();
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            String key = KEY + random.nextInt(KEYS);
            int size = random.nextInt(4) == 0 ? random.nextInt(largestValue + 1) : random.nextInt(30);
            writes.put(key, random.nextInt(4) == 0 ? null : Bytes.pattern(size, number * 1000L + i));
        }
        writes.put(mark(number), bytes("" + number));
        return writes;
    }

    private static String mark(int number) {
        return MARK + (1_000_000 + number);
    }

    private void write(KVStore store, Map<String, byte @Nullable []> writes, boolean batch) {
        if (batch) {
            try (KVBatch open = store.batchBegin()) {
                fill(open, writes);
                open.write(WriteOptions.defaults().withDurability(durability));
            }
            return;
        }
        try (Transaction transaction = store.transaction(TransactionOptions.defaults())) {
            fill(transaction, writes);
            transaction.commit(WriteOptions.defaults().withDurability(durability));
        }
    }

    private static void fill(KVWriter writer, Map<String, byte @Nullable []> writes) {
        writes.forEach((key, value) -> {
            if (value == null) {
                writer.delete(bytes(key));
            } else {
                writer.put(bytes(key), value);
            }
        });
    }

    /** How many commits were tried. */
    public int size() {
        return commits.size();
    }

    /** The error of the last commit that failed, for messages. */
    public String lastError() {
        return String.valueOf(lastError);
    }

    /** How many of the first commits were acknowledged at that time. */
    public int acknowledgedAt(long moment) {
        int count = 0;
        for (Commit commit : commits) {
            count = commit.outcome == Outcome.ACKNOWLEDGED && commit.ended <= moment ? commit.number : count;
        }
        return count;
    }

    /** How many commits had begun before that time. */
    public int begunBefore(long moment) {
        int count = 0;
        for (Commit commit : commits) {
            count = commit.begun < moment ? commit.number : count;
        }
        return count;
    }

    /**
     * Looks which commits a store has and that it has exactly what they write.
     *
     * @return the numbers of the commits
     * @throws AssertionError when a commit is there by halves, or data that nobody wrote
     */
    public SortedSet<Integer> present(KVReader store, String when) {
        SortedSet<Integer> present = new TreeSet<>();
        for (Map.Entry<String, byte[]> mark : read(store, MARK).entrySet()) {
            int number = Integer.parseInt(mark.getKey().substring(MARK.length())) - 1_000_000;
            if (number < 1 || number > commits.size() || !text(mark.getValue()).equals("" + number)) {
                throw new AssertionError(when + ": a mark that nobody wrote: " + mark.getKey());
            }
            present.add(number);
        }
        Map<String, byte[]> expected = new TreeMap<>();
        for (int number : present) {
            commits.get(number - 1).writes.forEach((key, value) -> {
                if (key.startsWith(KEY)) {
                    expected.put(key, value);
                }
                if (value == null) {
                    expected.remove(key);
                }
            });
        }
        compare(expected, read(store, KEY), when + ", commits " + brief(present));
        return present;
    }

    /** Fails when an acknowledged commit is missing or one that failed is there. */
    public void requireOutcomes(SortedSet<Integer> present, String when) {
        for (Commit commit : commits) {
            boolean there = present.contains(commit.number);
            if (commit.outcome == Outcome.ACKNOWLEDGED && !there) {
                throw new AssertionError(when + ": commit " + commit.number + " was acknowledged and is lost");
            }
            if (commit.outcome == Outcome.FAILED && there) {
                throw new AssertionError(when + ": commit " + commit.number
                        + " failed without 'outcome unknown' and is there; last error " + lastError);
            }
        }
    }

    private static Map<String, byte[]> read(KVReader store, String prefix) {
        Map<String, byte[]> found = new TreeMap<>();
        try (Cursor cursor = store.iterate(bytes(prefix))) {
            while (cursor.next()) {
                found.put(text(cursor.key()), cursor.value());
            }
        }
        return found;
    }

    private static void compare(Map<String, byte[]> expected, Map<String, byte[]> found, String when) {
        expected.forEach((key, value) -> {
            byte[] actual = found.get(key);
            if (!Arrays.equals(value, actual)) {
                throw new AssertionError(when + ": the value of " + key + " is " + (actual == null ? "missing"
                        : "wrong, " + actual.length + " bytes instead of " + value.length));
            }
        });
        for (String key : found.keySet()) {
            if (!expected.containsKey(key)) {
                throw new AssertionError(when + ": " + key + " is there and should not be");
            }
        }
    }

    private static String brief(SortedSet<Integer> present) {
        return present.isEmpty() ? "none" : present.size() + " up to " + present.last();
    }
}
