// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.kv;

import io.sett.benchmarks.harness.Data;
import io.sett.benchmarks.kv.peer.Peer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** A peer that is wrong is not measured: random operations against a TreeMap first. */
final class Check {

    private final String peerName;

    Check(String peerName) {
        this.peerName = peerName;
    }

    void run(Path directory) {
        SplittableRandom random = new SplittableRandom(42);
        TreeMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
        try (Peer peer = Peer.open(peerName, directory, false)) {
            for (int i = 0; i < 20_000; i++) {
                byte[] key = Data.key(random.nextInt(2000));
                if (random.nextInt(5) == 0) {
                    peer.delete(key);
                    model.remove(key);
                } else {
                    byte[] value = Data.value(random, random.nextInt(1, 300));
                    peer.put(key, value);
                    model.put(key, value);
                }
                byte[] probe = Data.key(random.nextInt(2000));
                byte[] expected = model.get(probe);
                require(Arrays.equals(peer.value(probe), expected), "get");
                require(peer.view(probe) == (expected == null ? -1 : expected.length), "view");
            }
            for (int i = 0; i < 100; i++) {
                byte[] from = Data.key(random.nextInt(2000));
                long expected = 0;
                int left = 50;
                for (Map.Entry<byte[], byte[]> entry : model.tailMap(from).entrySet()) {
                    if (left-- == 0) {
                        break;
                    }
                    expected += entry.getKey().length + entry.getValue().length;
                }
                require(peer.scan(from, 50) == expected, "scan");
            }
        }
    }

    private void require(boolean right, String what) {
        if (!right) {
            throw new IllegalStateException("peer '" + peerName + "' answers a " + what + " wrongly");
        }
    }
}
