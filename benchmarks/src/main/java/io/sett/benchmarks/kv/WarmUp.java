// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.kv;

import io.sett.benchmarks.harness.Data;
import io.sett.benchmarks.kv.peer.Peer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Every kind of call, unmeasured, on a store of its own, so that the compiler is through with most of its work. */
final class WarmUp {

    private static final int KEYS = 60_000;
    private static final int SCANS = 2000;
    private static final int BATCHES = 40;

    private final Bench bench;

    WarmUp(Bench bench) {
        this.bench = bench;
    }

    void run() throws Exception {
        byte[][] values = Data.values(64, 100, 2);
        SplittableRandom random = new SplittableRandom(2);
        long end = System.nanoTime() + 20_000_000_000L;
        try (Peer peer = bench.open("warmup", false)) {
            for (int round = 0; round < 3 && System.nanoTime() < end; round++) {
                for (int i = 0; i < KEYS && System.nanoTime() < end; i++) {
                    peer.put(Data.key(Data.scramble(i, KEYS)), values[i & 63]);
                }
                peer.settle();
                for (int i = 0; i < KEYS && System.nanoTime() < end; i++) {
                    peer.get(Data.key(random.nextLong(KEYS)));
                    peer.get(Data.missingKey(random.nextLong(KEYS)));
                }
                for (int i = 0; i < SCANS && System.nanoTime() < end; i++) {
                    peer.scan(Data.key(random.nextLong(KEYS)), 100);
                }
                for (int i = 0; i < BATCHES && System.nanoTime() < end; i++) {
                    peer.batch(keys(random), List.of(values).subList(0, 64));
                }
                for (int i = 0; i < KEYS / 10 && System.nanoTime() < end; i++) {
                    peer.increment(Data.key(KEYS + 1 + i % 100));
                }
            }
        }
    }

    private static List<byte[]> keys(SplittableRandom random) {
        List<byte[]> keys = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            keys.add(Data.key(random.nextLong(KEYS)));
        }
        return keys;
    }
}
