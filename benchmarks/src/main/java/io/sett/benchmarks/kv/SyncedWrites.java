// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.kv;

import io.sett.benchmarks.harness.Clients;
import io.sett.benchmarks.harness.Data;
import io.sett.benchmarks.harness.Meter;
import io.sett.benchmarks.kv.peer.Peer;
import java.util.concurrent.atomic.AtomicLong;

/** Puts that are forced to the device before they return. */
final class SyncedWrites implements Workload {

    private static final int WRITES = 6000;

    @Override
    public String name() {
        return "synced";
    }

    @Override
    public String describe(Scale scale) {
        return String.format("%,d forced puts of 16 + 100 bytes by 1 thread, %,d by 8", scale.of(WRITES),
                4 * scale.of(WRITES));
    }

    @Override
    public void run(Bench bench) throws Exception {
        try (Peer peer = bench.open("synced", true)) {
            write(bench, peer, 1, bench.scale().of(WRITES));
            write(bench, peer, 8, 4 * bench.scale().of(WRITES));
        }
    }

    private static void write(Bench bench, Peer peer, int threads, int count) throws Exception {
        byte[][] values = Data.values(64, 100, 8);
        AtomicLong next = new AtomicLong();
        Meter meter = new Meter();
        Clients.run(threads, meter, (client, number) -> {
            for (int i = 0; i < count / threads; i++) {
                byte[] key = Data.key(Data.scramble(next.incrementAndGet(), 1_000_003));
                long start = System.nanoTime();
                peer.put(key, values[i & 63]);
                client.since(start);
            }
        });
        bench.report("fillsync" + threads, meter, count / threads * (long) threads);
    }
}
