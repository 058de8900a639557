// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.kv;

import io.sett.benchmarks.harness.Clients;
import io.sett.benchmarks.harness.Data;
import io.sett.benchmarks.harness.Meter;
import io.sett.benchmarks.harness.Zipf;
import io.sett.benchmarks.kv.peer.Peer;
import java.io.IOException;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/** The core workloads of YCSB (Cooper et al., SOCC 2010): records of 1000 bytes, mostly asked for by Zipf's law. */
final class Ycsb implements Workload {

    private static final int RECORDS = 200_000;
    private static final int LENGTH = 1000;
    private static final int SCAN = 100;
    private static final int THREADS = 2;

    /** Parts of a hundred. */
    private record Mix(char name, int reads, int updates, int inserts, int scans, int modifications, boolean latest) {
    }

    private static final Mix[] MIXES = {
        new Mix('A', 50, 50, 0, 0, 0, false), new Mix('B', 95, 5, 0, 0, 0, false), new Mix('C', 100, 0, 0, 0, 0, false),
        new Mix('F', 50, 0, 0, 0, 50, false), new Mix('D', 95, 0, 5, 0, 0, true), new Mix('E', 0, 0, 5, 95, 0, false)};

    @Override
    public String name() {
        return "ycsb";
    }

    @Override
    public String describe(Scale scale) {
        return String.format("YCSB A to F over %,d records of 16 + 1000 bytes (three times the cache), %d threads, "
                + "Zipf 0.99, scans of 1 to %d records", scale.of(RECORDS), THREADS, SCAN);
    }

    @Override
    public void run(Bench bench) throws Exception {
        int records = bench.scale().of(RECORDS);
        try (Peer peer = bench.open("ycsb", false)) {
            new Phases(bench, peer, records).fillAtRandom("ycsbload", "ycsb", LENGTH);
            peer.settle();
            Zipf zipf = new Zipf(records);
            AtomicLong inserted = new AtomicLong(records);
            for (Mix mix : MIXES) {
                int operations = mix.scans > 0 ? records / 10 : records;
                measure(bench, peer, mix, zipf, operations, inserted);
            }
        }
    }

    private static void measure(Bench bench, Peer peer, Mix mix, Zipf zipf, int operations, AtomicLong inserted)
            throws Exception {
        Meter meter = new Meter();
        Clients.run(THREADS, meter, (client, number) -> {
            SplittableRandom random = new SplittableRandom(mix.name * 31L + number);
            byte[][] values = Data.values(64, LENGTH, number);
            for (int i = 0; i < operations / THREADS; i++) {
                int die = random.nextInt(100);
                long start = System.nanoTime();
                one(peer, mix, die, zipf, random, inserted, values[i & 63]);
                client.since(start);
            }
        });
        bench.report("ycsb" + mix.name, meter, operations / THREADS * (long) THREADS);
    }

    private static void one(Peer peer, Mix mix, int die, Zipf zipf, SplittableRandom random, AtomicLong inserted,
            byte[] value) throws IOException {
        byte[] key = Data.key(mix.latest ? Math.max(0, inserted.get() - 1 - zipf.rank(random)) : zipf.next(random));
        if (die < mix.reads) {
            // Who inserts counts up before the record is there, so that the latest may be missing for a moment.
            if (peer.get(key) < 0 && !mix.latest) {
                throw new IOException("a record is missing");
            }
        } else if (die < mix.reads + mix.updates) {
            peer.put(key, value);
        } else if (die < mix.reads + mix.updates + mix.inserts) {
            peer.put(Data.key(inserted.getAndIncrement()), value);
        } else if (die < mix.reads + mix.updates + mix.inserts + mix.scans) {
            peer.scan(key, random.nextInt(1, SCAN + 1));
        } else {
            peer.get(key);
            peer.put(key, value);
        }
    }
}
