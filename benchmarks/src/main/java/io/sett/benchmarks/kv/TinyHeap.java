// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.kv;

import io.sett.benchmarks.harness.Meter;
import io.sett.benchmarks.kv.peer.Peer;
import java.util.List;

/** Two gigabytes with a heap of 64 MiB: writes, reads, scans, compacts, reopens. */
final class TinyHeap implements Workload {

    private static final int LENGTH = 1024;
    private static final int KEYS = 2_000_000;

    @Override
    public String name() {
        return "tinyheap";
    }

    @Override
    public String describe(Scale scale) {
        return String.format("%,d entries of 16 + %,d bytes with -Xmx64m and 64 MiB of direct memory", scale.of(KEYS),
                LENGTH);
    }

    @Override
    public List<String> peers(List<String> compared) {
        return compared.stream().filter(peer -> List.of("sett", "sett32").contains(peer)).toList();
    }

    @Override
    public List<String> jvmOptions() {
        return List.of("-Xmx64m", "-XX:MaxDirectMemorySize=64m");
    }

    @Override
    public void run(Bench bench) throws Exception {
        int keys = bench.scale().of(KEYS);
        try (Peer peer = bench.open("tiny", false)) {
            Phases phases = new Phases(bench, peer, keys);
            phases.fillAtRandom("tinyfill", "tiny", LENGTH);
            Meter meter = new Meter();
            peer.settle();
            bench.report("tinycompact", meter, keys);
        }
        Meter meter = new Meter();
        try (Peer peer = bench.open("tiny", false)) {
            bench.report("tinyreopen", meter, 1);
            Phases phases = new Phases(bench, peer, keys);
            phases.read("tinyget", 1, 50_000, false);
            phases.seek("tinyseek", 2_000, 100);
            phases.fullScan("tinyscan", 1);
        }
    }
}
