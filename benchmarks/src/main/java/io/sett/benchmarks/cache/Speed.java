// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.cache;

import io.sett.benchmarks.cache.peer.CachePeer;
import io.sett.benchmarks.harness.Meter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;

/** Times of single and batched operations on 200,000 entries that all fit, in random order. */
final class Speed {

    private static final int ENTRIES = 200_000;
    private static final int BATCH = 100;
    private static final int THREADS = 8;
    private static final int OPERATIONS_A_THREAD = 100_000;
    private static final int ROUNDS = 5;
    private static final int OPERATIONS = 400_000;

    private final String peer;
    private final int valueBytes;
    private final int[] order = new int[OPERATIONS];
    /** Other objects than the keys stored, as in a real program. */
    private final String[] keys = new String[ENTRIES];
    private final byte[][] values = new byte[64][];
    private long blackHole;

    Speed(String peer, int valueBytes) {
        this.peer = peer;
        this.valueBytes = valueBytes;
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < OPERATIONS; i++) {
            order[i] = random.nextInt(ENTRIES);
        }
        for (int i = 0; i < ENTRIES; i++) {
            keys[i] = CacheRun.key(i);
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = CacheRun.value(i, valueBytes);
        }
    }

    void run() throws InterruptedException {
        long bytes = (long) ENTRIES * (valueBytes + 40 + 200) * 2;
        try (CachePeer cache = CachePeer.open(peer, new CachePeer.Size(Math.max(bytes, 128L << 20), ENTRIES,
                valueBytes))) {
            for (int i = 0; i < ENTRIES; i++) {
                cache.set(CacheRun.key(i), values[i & 63]);
            }
            double get = measure("get", OPERATIONS, 1, i -> blackHole += cache.get(keys[order[i]])[0]);
            measure("touch", OPERATIONS, 1, i -> blackHole += cache.touch(keys[order[i]]));
            measure("set", OPERATIONS, 1, i -> cache.set(keys[order[i]], values[i & 63]));
            threads(cache, get);
            List<List<String>> batches = batches();
            measure("getMany", batches.size(), BATCH, i -> blackHole += cache.getMany(batches.get(i)).size());
            List<Map<String, byte[]>> entries = entries(batches);
            measure("setMany", entries.size(), BATCH, i -> cache.setMany(entries.get(i)));
        }
        if (blackHole == 42) {
            System.err.println();
        }
    }

    private List<List<String>> batches() {
        List<List<String>> batches = new ArrayList<>();
        for (int i = 0; i < OPERATIONS; i += BATCH) {
            List<String> batch = new ArrayList<>(BATCH);
            for (int j = i; j < i + BATCH; j++) {
                batch.add(keys[order[j]]);
            }
            batches.add(batch);
        }
        return batches;
    }

    private List<Map<String, byte[]>> entries(List<List<String>> batches) {
        List<Map<String, byte[]>> all = new ArrayList<>();
        for (List<String> batch : batches) {
            Map<String, byte[]> entries = new LinkedHashMap<>();
            batch.forEach(key -> entries.put(key, values[entries.size() & 63]));
            all.add(entries);
        }
        return all;
    }

    /** The median time of some rounds, after one that warms up. */
    private double measure(String phase, int calls, int perCall, IntConsumer operation) {
        double[] nanos = new double[ROUNDS];
        double allocated = 0;
        for (int round = -1; round < ROUNDS; round++) {
            long bytes = Meter.allocatedByThisThread();
            long start = System.nanoTime();
            for (int i = 0; i < calls; i++) {
                operation.accept(i);
            }
            if (round >= 0) {
                nanos[round] = (double) (System.nanoTime() - start) / calls / perCall;
                allocated = (double) (Meter.allocatedByThisThread() - bytes) / calls / perCall;
            }
        }
        Arrays.sort(nanos);
        CacheRun.result(phase + valueBytes, "ns", nanos[ROUNDS / 2], "garbage_bytes", allocated);
        return nanos[ROUNDS / 2];
    }

    /** Reads by more threads than there are cores; time of a core for each read, beside that of one thread alone. */
    private void threads(CachePeer cache, double single) throws InterruptedException {
        int cores = Math.min(THREADS, Runtime.getRuntime().availableProcessors());
        double[] nanos = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            CountDownLatch ready = new CountDownLatch(THREADS);
            CountDownLatch go = new CountDownLatch(1);
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                int offset = t * (OPERATIONS / THREADS);
                threads.add(new Thread(() -> {
                    ready.countDown();
                    await(go);
                    long sum = 0;
                    for (int i = 0; i < OPERATIONS_A_THREAD; i++) {
                        sum += cache.get(keys[order[(offset + i) % OPERATIONS]])[0];
                    }
                    if (sum == 42) {
                        System.err.println();
                    }
                }));
            }
            threads.forEach(Thread::start);
            ready.await();
            long start = System.nanoTime();
            go.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
            nanos[round] = (double) (System.nanoTime() - start) * cores / (THREADS * OPERATIONS_A_THREAD);
        }
        Arrays.sort(nanos);
        CacheRun.result("get" + valueBytes + "by8", "ns", nanos[ROUNDS / 2], "times_single",
                nanos[ROUNDS / 2] / single);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
