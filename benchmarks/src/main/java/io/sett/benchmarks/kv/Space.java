// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.kv;

import io.sett.benchmarks.harness.Data;
import io.sett.benchmarks.harness.Directories;
import io.sett.benchmarks.harness.Measurement;
import io.sett.benchmarks.kv.peer.Peer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How many bytes lie on disk for each live one after everything was overwritten twice and half of it deleted. */
final class Space implements Workload {

    private static final int KEYS = 60_000;
    private static final int LENGTH = 1024;

    @Override
    public String name() {
        return "space";
    }

    @Override
    public String describe(Scale scale) {
        return String.format("%,d entries of 16 + %,d bytes, written three times, every second one deleted, then space "
                + "is given back", scale.of(KEYS), LENGTH);
    }

    @Override
    public List<String> peers(List<String> compared) {
        return compared;
    }

    @Override
    public void run(Bench bench) throws Exception {
        int keys = bench.scale().of(KEYS);
        byte[][] values = Data.values(64, LENGTH, 1);
        Map<String, Double> figures = new LinkedHashMap<>();
        long live = (long) (keys / 2) * (Data.KEY_LENGTH + LENGTH);
        try (Peer peer = bench.open("space", false)) {
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < keys; i++) {
                    peer.put(Data.key(Data.scramble(i, keys)), values[i + round & 63]);
                }
            }
            for (int i = 0; i < keys; i += 2) {
                peer.delete(Data.key(i));
            }
            figures.put("before_gc", (double) Directories.bytes(bench.directory().resolve("space")) / live);
            long start = System.nanoTime();
            peer.reclaim();
            figures.put("gc_seconds", (System.nanoTime() - start) / 1e9);
        }
        figures.put("stored_per_user_byte", (double) Directories.bytes(bench.directory().resolve("space")) / live);
        new Measurement("space", figures).print();
    }
}
