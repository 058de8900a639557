// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.kv;

import io.sett.benchmarks.harness.Data;
import io.sett.benchmarks.harness.ForkedJvm;
import io.sett.benchmarks.harness.Measurement;
import io.sett.benchmarks.harness.Medians;
import io.sett.benchmarks.kv.peer.Peer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How long a new JVM takes from its main to the first value of a store that was closed, or whose process died. */
final class Opening implements Workload {

    private static final int KEYS = 100_000;
    private static final int TIMES = 5;

    @Override
    public String name() {
        return "opening";
    }

    @Override
    public String describe(Scale scale) {
        return String.format("open %,d entries of 16 + 100 bytes and get one, in a new JVM, beyond its start; median "
                + "of %d", scale.of(KEYS), TIMES);
    }

    @Override
    public List<String> peers(List<String> compared) {
        return Workload.without(compared, "mapdb", Peer.COMPRESSING);
    }

    @Override
    public boolean warmsUp() {
        return false;
    }

    @Override
    public void run(Bench bench) throws Exception {
        measure(bench, "openclean", "close");
        measure(bench, "openkilled", "die");
    }

    private static void measure(Bench bench, String phase, String end) throws Exception {
        ForkedJvm jvm = new ForkedJvm("-Xmx1g");
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            String directory = Files.createDirectories(bench.directory().resolve(end + i)).toString();
            String keys = Integer.toString(bench.scale().of(KEYS));
            jvm.start(Child.class, new ArrayList<>(), bench.peerName(), directory, keys, end);
            List<Measurement> found = jvm.run(Child.class, bench.peerName(), directory, keys, "open");
            millis.add(found.get(0).figure("open_ms"));
        }
        new Measurement(phase, Map.of("open_ms", Medians.of(millis))).print();
    }

    /** The process that fills and ends in some way, or opens and tells how long it took. */
    static final class Child {

        private Child() {
        }

        /** Arguments: peer, directory, number of keys, what to do. */
        public static void main(String[] arguments) {
            long begun = System.nanoTime();
            int keys = Integer.parseInt(arguments[2]);
            Peer peer = Peer.open(arguments[0], Path.of(arguments[1]), false);
            if (arguments[3].equals("open")) {
                // What a store without forced writes lost with its process is not this workload's question.
                peer.get(Data.key(keys / 2));
                new Measurement("open", Map.of("open_ms", (System.nanoTime() - begun) / 1e6)).print();
                peer.close();
                return;
            }
            byte[][] values = Data.values(64, 100, 1);
            for (int i = 0; i < keys; i++) {
                peer.put(Data.key(Data.scramble(i, keys)), values[i & 63]);
            }
            if (arguments[3].equals("close")) {
                peer.close();
            } else {
                Runtime.getRuntime().halt(0);
            }
        }
    }
}
