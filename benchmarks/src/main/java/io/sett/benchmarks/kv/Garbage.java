// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.kv;

import io.sett.benchmarks.harness.Data;
import io.sett.benchmarks.harness.Measurement;
import io.sett.benchmarks.harness.Meter;
import io.sett.benchmarks.kv.peer.Peer;
import java.util.LinkedHashMap;
import java.util.Map;

/** Bytes of heap that the calling thread allocates for a get in place, a get with a copy, and a put. */
final class Garbage implements Workload {

    private static final int KEYS = 200_000;

    @Override
    public String name() {
        return "garbage";
    }

    @Override
    public String describe(Scale scale) {
        return String.format("heap bytes per call of the calling thread, %,d entries of 16 + 100 bytes; memtables and "
                + "other memory that is kept does not count as garbage but is in the figure of puts", scale.of(KEYS));
    }

    @Override
    public void run(Bench bench) throws Exception {
        int keys = bench.scale().of(KEYS);
        byte[][] made = new byte[keys][];
        for (int i = 0; i < keys; i++) {
            made[i] = Data.key(Data.scramble(i, keys));
        }
        byte[] value = Data.values(1, 100, 1)[0];
        try (Peer peer = bench.open("garbage", false)) {
            Map<String, Double> figures = new LinkedHashMap<>();
            for (int i = 0; i < keys; i++) {
                peer.put(made[i], value);
            }
            figures.put("put_b", perCall(made, key -> peer.put(key, value)));
            peer.settle();
            for (int i = 0; i < keys; i++) {
                peer.get(made[i]);
            }
            figures.put("get_b", perCall(made, peer::get));
            figures.put("view_b", perCall(made, peer::view));
            new Measurement("garbage", figures).print();
        }
    }

    private interface Call {
        void of(byte[] key);
    }

    private static double perCall(byte[][] keys, Call call) {
        for (byte[] key : keys) {
            call.of(key);
        }
        long before = Meter.allocatedByThisThread();
        for (byte[] key : keys) {
            call.of(key);
        }
        return (double) (Meter.allocatedByThisThread() - before) / keys.length;
    }
}
