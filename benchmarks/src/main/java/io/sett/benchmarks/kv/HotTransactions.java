// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.kv;

import io.sett.benchmarks.harness.Clients;
import io.sett.benchmarks.harness.Data;
import io.sett.benchmarks.harness.Meter;
import io.sett.benchmarks.kv.peer.Peer;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Transactions that read a number and write it back one higher, on 100 keys; no update may be lost. */
final class HotTransactions implements Workload {

    private static final int COUNT = 200_000;
    private static final int HOT = 100;

    @Override
    public String name() {
        return "transactions";
    }

    @Override
    public String describe(Scale scale) {
        return String.format("%,d read-modify-write transactions on %d keys by 1, 2 and 8 threads; RocksDB with "
                + "OptimisticTransactionDB", scale.of(COUNT), HOT);
    }

    @Override
    public void run(Bench bench) throws Exception {
        try (Peer peer = bench.open("transactions", false)) {
            increments(bench, peer, 1);
            increments(bench, peer, 2);
            increments(bench, peer, 8);
        }
    }

    private static void increments(Bench bench, Peer peer, int threads) throws Exception {
        int count = bench.scale().of(COUNT) / threads;
        AtomicLong retries = new AtomicLong();
        Meter meter = new Meter();
        Clients.run(threads, meter, (client, number) -> {
            SplittableRandom random = new SplittableRandom(number);
            for (int i = 0; i < count; i++) {
                byte[] key = Data.key(threads * 1000L + random.nextInt(HOT));
                long start = System.nanoTime();
                retries.addAndGet(peer.increment(key));
                client.since(start);
            }
        });
        long expected = (long) threads * count;
        requireAll(peer, threads, expected);
        bench.report("rmw" + threads, meter, expected, "retries_per_commit", (double) retries.get() / expected);
    }

    private static void requireAll(Peer peer, int threads, long expected) {
        long sum = 0;
        for (int i = 0; i < HOT; i++) {
            byte[] value = peer.value(Data.key(threads * 1000L + i));
            sum += value == null ? 0 : ByteBuffer.wrap(value).getLong();
        }
        if (sum != expected) {
            throw new IllegalStateException("lost updates: " + sum + " of " + expected);
        }
    }
}
