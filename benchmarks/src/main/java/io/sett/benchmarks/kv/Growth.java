// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.kv;

import io.sett.benchmarks.kv.peer.Peer;
import java.util.List;

/** The same phases with data of 1, 4 and 16 times the cache: what grows with the data and what does not. */
final class Growth implements Workload {

    private static final int LENGTH = 100;
    private static final int[] TIMES = {1, 4, 16};

    @Override
    public String name() {
        return "growth";
    }

    private static int keys(int times) {
        return times * Workload.entriesInCache(LENGTH + 16);
    }

    @Override
    public String describe(Scale scale) {
        return String.format("%,d to %,d entries of 16 + 100 bytes: 1, 4 and 16 times the cache", scale.of(keys(1)),
                scale.of(keys(16)));
    }

    @Override
    public List<String> peers(List<String> compared) {
        return compared.stream().filter(peer -> List.of("sett", "rocksdb", "lmdb").contains(peer)).toList();
    }

    @Override
    public void run(Bench bench) throws Exception {
        for (int times : TIMES) {
            int keys = bench.scale().of(keys(times));
            String name = "x" + times;
            try (Peer peer = bench.open(name, false)) {
                Phases phases = new Phases(bench, peer, keys);
                phases.fillAtRandom("fill" + name, name, LENGTH);
                peer.settle();
                int reads = Math.min(keys, 400_000);
                phases.read("read" + name, 1, reads, false);
                phases.read("missing" + name, 1, reads, true);
                phases.seek("seek" + name, 10_000, 100);
                phases.fullScan("scan" + name, 1);
            }
        }
    }
}
