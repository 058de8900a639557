// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.survival;

import static io.sett.testkit.Bytes.bytes;
import static io.sett.testkit.Bytes.number;

import io.sett.api.common.Capability;
import io.sett.api.kv.KVStore;
import io.sett.api.kv.VerifyLevel;
import io.sett.testkit.Bytes;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;

/** Accounts between which threads move money, each commit counted and logged: what must hold after any crash. */
final class Bank {

    static final int THREADS = 4;
    private static final int ACCOUNTS = 50;
    private static final int KEPT = 500;
    private static final long TOTAL = ACCOUNTS * 100L;

    private Bank() {
    }

    private static byte[] account(int index) {
        return bytes("account" + index);
    }

    private static byte[] counter(int thread) {
        return bytes("count" + thread);
    }

    private static String entries(int thread) {
        return "log" + thread + "/";
    }

    /** Keys come again, so that there is garbage to collect. */
    private static byte[] entry(int thread, long commit) {
        return bytes(entries(thread) + commit % KEPT);
    }

    /** What a commit logs; some of it is short, some long. */
    private static byte[] logged(int thread, long commit) {
        return Bytes.pattern((int) (10 + commit * 31 % 900), commit * THREADS + thread);
    }

    /** Makes the accounts if they are not there. */
    static void found(KVStore store) {
        if (!store.has(account(0))) {
            store.execute(transaction -> {
                for (int i = 0; i < ACCOUNTS; i++) {
                    transaction.put(account(i), number(100));
                }
            });
        }
    }

    /** One transfer of a thread; returns how many it has made in all. */
    static long transfer(KVStore store, int thread, Random random) {
        int from = random.nextInt(ACCOUNTS);
        int to = (from + 1 + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
        return store.update(transaction -> {
            transaction.put(account(from), number(number(transaction.getOrThrow(account(from))) - 1));
            transaction.put(account(to), number(number(transaction.getOrThrow(account(to))) + 1));
            long next = transaction.get(counter(thread)).map(bytes -> number(bytes)).orElse(0L) + 1;
            transaction.put(counter(thread), number(next));
            transaction.put(entry(thread, next), logged(thread, next));
            return next;
        });
    }

    /** Fails unless all of it holds and every thread has at least what it acknowledged. */
    static void check(KVStore store, Map<Integer, Long> acknowledged, String when) {
        long sum = 0;
        int accounts = 0;
        for (int i = 0; i < ACCOUNTS; i++) {
            var balance = store.get(account(i));
            accounts += balance.isPresent() ? 1 : 0;
            sum += balance.map(bytes -> number(bytes)).orElse(0L);
        }
        require(accounts == 0 && acknowledged.isEmpty() || accounts == ACCOUNTS && sum == TOTAL, when + ": " + accounts
                + " accounts have " + sum + " together");
        for (int thread = 0; thread < THREADS; thread++) {
            long count = store.get(counter(thread)).map(bytes -> number(bytes)).orElse(0L);
            long least = acknowledged.getOrDefault(thread, 0L);
            require(count >= least, when + ": thread " + thread + " has " + count + " commits, " + least
                    + " were acknowledged");
            long entries = store.count(bytes(entries(thread)));
            require(entries == Math.min(count, KEPT), when + ": thread " + thread + " has " + count + " commits and "
                    + entries + " entries");
            for (long commit = Math.max(1, count - KEPT + 1); commit <= count; commit++) {
                require(Arrays.equals(store.getOrThrow(entry(thread, commit)), logged(thread, commit)), when
                        + ": the entry of commit " + commit + " of thread " + thread + " is wrong");
            }
        }
        if (store.supports(Capability.VERIFY)) {
            var problems = store.maintenance().verify(VerifyLevel.FULL).problems();
            require(problems.isEmpty(), when + ": " + problems);
        }
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new AssertionError(message);
        }
    }
}
