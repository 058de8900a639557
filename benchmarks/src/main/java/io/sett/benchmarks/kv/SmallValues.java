// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.kv;

import io.sett.benchmarks.harness.Data;
import io.sett.benchmarks.harness.Meter;
import io.sett.benchmarks.kv.peer.Peer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Fills, reads, scans, overwrites and batches of 100 bytes in a store that fits the cache. */
final class SmallValues implements Workload {

    private static final int KEYS = 500_000;
    private static final int LENGTH = 100;
    private static final int BATCH = 1000;

    @Override
    public String name() {
        return "small";
    }

    @Override
    public String describe(Scale scale) {
        return String.format("%,d entries of 16 + 100 bytes, which fit the cache", scale.of(KEYS));
    }

    @Override
    public void run(Bench bench) throws Exception {
        int keys = bench.scale().of(KEYS);
        try (Peer peer = bench.open("seq", false)) {
            new Phases(bench, peer, keys).fillInOrder("fillseq", "seq", LENGTH);
        }
        try (Peer peer = bench.open("random", false)) {
            Phases phases = new Phases(bench, peer, keys);
            phases.fillAtRandom("fillrandom", "random", LENGTH);
            peer.settle();
            phases.read("readrandom", 1, keys, false);
            phases.read("readrandom2", 2, keys, false);
            phases.read("readmissing", 1, keys, true);
            phases.seek("seek100", 20_000, 100);
            phases.fullScan("fullscan", 3);
            phases.readWhileWriting("readwhilewriting", keys, LENGTH);
            phases.fillAtRandom("overwrite", "random", LENGTH);
        }
        try (Peer peer = bench.open("batches", false)) {
            batches(bench, peer, keys);
        }
    }

    private static void batches(Bench bench, Peer peer, int keys) throws IOException {
        SplittableRandom random = new SplittableRandom(6);
        int batches = keys / BATCH;
        byte[][] values = Data.values(64, LENGTH, 6);
        Meter meter = new Meter();
        try (Meter.Client client = meter.client()) {
            for (int i = 0; i < batches; i++) {
                List<byte[]> batchKeys = new ArrayList<>(BATCH);
                List<byte[]> batchValues = new ArrayList<>(BATCH);
                for (int j = 0; j < BATCH; j++) {
                    batchKeys.add(Data.key(random.nextLong(keys)));
                    batchValues.add(values[j & 63]);
                }
                long start = System.nanoTime();
                peer.batch(batchKeys, batchValues);
                client.since(start);
            }
        }
        bench.report("batch1000", meter, (long) batches * BATCH,
                (long) batches * BATCH * (Data.KEY_LENGTH + LENGTH), "batches");
    }
}
