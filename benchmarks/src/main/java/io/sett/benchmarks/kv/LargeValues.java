// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.kv;

import io.sett.benchmarks.kv.peer.Peer;
import java.util.List;

/** Fills, gets and scans of large values, four times the cache. */
final class LargeValues implements Workload {

    private final int length;

    LargeValues(int length) {
        this.length = length;
    }

    private String size() {
        return length / 1024 + "k";
    }

    private int keys() {
        return 4 * Workload.entriesInCache(length);
    }

    @Override
    public String name() {
        return "values" + size();
    }

    @Override
    public String describe(Scale scale) {
        return String.format("%,d entries of 16 + %,d bytes, four times the cache", scale.of(keys()), length);
    }

    @Override
    public List<String> peers(List<String> compared) {
        return compared;
    }

    @Override
    public void run(Bench bench) throws Exception {
        int keys = bench.scale().of(keys());
        try (Peer peer = bench.open("large", false)) {
            Phases phases = new Phases(bench, peer, keys);
            phases.fillAtRandom("fill" + size(), "large", length);
            peer.settle();
            phases.read("get" + size(), 1, Math.min(200_000, 2 * keys), false);
            phases.fullScan("scan" + size(), 1);
        }
    }
}
