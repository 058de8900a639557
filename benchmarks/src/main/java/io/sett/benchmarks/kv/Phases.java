// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.kv;

import io.sett.benchmarks.harness.Clients;
import io.sett.benchmarks.harness.Data;
import io.sett.benchmarks.harness.Meter;
import io.sett.benchmarks.kv.peer.Peer;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongUnaryOperator;

/** Phases that several workloads have. Those that read go over the keys once before they are measured. */
final class Phases {

    private final Bench bench;
    private final Peer peer;
    private final int keys;

    /** Over the keys below {@code keys} of one store. */
    Phases(Bench bench, Peer peer, int keys) {
        this.bench = bench;
        this.peer = peer;
        this.keys = keys;
    }

    void fillInOrder(String phase, String store, int length) throws Exception {
        fill(phase, store, length, number -> number);
    }

    void fillAtRandom(String phase, String store, int length) throws Exception {
        fill(phase, store, length, number -> Data.scramble(number, keys));
    }

    private void fill(String phase, String store, int length, LongUnaryOperator order) throws Exception {
        byte[][] values = Data.values(64, length, 1);
        Meter meter = new Meter();
        try (Meter.Client client = meter.client()) {
            for (int i = 0; i < keys; i++) {
                byte[] key = Data.key(order.applyAsLong(i));
                long start = System.nanoTime();
                peer.put(key, values[i & 63]);
                client.since(start);
            }
        }
        bench.report(phase, meter, keys, (long) keys * (Data.KEY_LENGTH + length), store);
    }

    void read(String phase, int threads, int reads, boolean missing) throws Exception {
        Meter unused = new Meter();
        Clients.run(1, unused, (client, number) -> reads(client, 7, reads / 4, missing));
        Meter meter = new Meter();
        Clients.run(threads, meter, (client, number) -> reads(client, number, reads, missing));
        bench.report(phase, meter, (long) reads * threads);
    }

    private void reads(Meter.Client client, int seed, int count, boolean missing) {
        SplittableRandom random = new SplittableRandom(seed);
        long found = 0;
        for (int i = 0; i < count; i++) {
            long number = random.nextLong(keys);
            byte[] key = missing ? Data.missingKey(number) : Data.key(number);
            long start = System.nanoTime();
            found += peer.get(key) >= 0 ? 1 : 0;
            client.since(start);
        }
        if (found != (missing ? 0 : count)) {
            throw new IllegalStateException(found + " of " + count + " keys were found");
        }
    }

    void seek(String phase, int seeks, int entries) throws Exception {
        seeks(new Meter().client(), seeks / 4, entries);
        Meter meter = new Meter();
        Clients.run(1, meter, (client, number) -> seeks(client, seeks, entries));
        bench.report(phase, meter, seeks);
    }

    private void seeks(Meter.Client client, int seeks, int entries) {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < seeks; i++) {
            byte[] key = Data.key(random.nextLong(keys));
            long start = System.nanoTime();
            if (peer.scan(key, entries) <= 0) {
                throw new IllegalStateException("nothing found");
            }
            client.since(start);
        }
    }

    void fullScan(String phase, int rounds) throws Exception {
        byte[] first = Data.key(0);
        peer.scan(first, Integer.MAX_VALUE);
        Meter meter = new Meter();
        Clients.run(1, meter, (client, number) -> {
            for (int i = 0; i < rounds; i++) {
                if (peer.scan(first, Integer.MAX_VALUE) < (long) Data.KEY_LENGTH * keys) {
                    throw new IllegalStateException("the scan missed entries");
                }
            }
        });
        bench.report(phase, meter, (long) rounds * keys);
    }

    /** One thread reads and is measured, one writes as fast as it can. */
    void readWhileWriting(String phase, int reads, int length) throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        Thread writer = new Thread(() -> {
            SplittableRandom random = new SplittableRandom(5);
            byte[] value = Data.value(random, length);
            while (!done.get()) {
                peer.put(Data.key(random.nextLong(keys)), value);
            }
        }, "writer");
        writer.start();
        try {
            Meter meter = new Meter();
            Clients.run(1, meter, (client, number) -> reads(client, 9, reads, false));
            bench.report(phase, meter, reads);
        } finally {
            done.set(true);
            writer.join();
        }
    }
}
