// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.cache;

import io.sett.benchmarks.cache.peer.CachePeer;
import java.util.SplittableRandom;

/** A program that allocates beside a full cache; the pauses stand in the log of the collector. */
final class Pauses {

    private static final int KEPT = 200_000;
    private static final long ALLOCATED = 20L << 30;

    private Pauses() {
    }

    static void run(String peer, int entries) {
        try (CachePeer cache = CachePeer.open(peer, new CachePeer.Size(entries * 400L, entries, 100))) {
            byte[] value = CacheRun.value(1, 100);
            for (int i = 0; i < entries; i++) {
                cache.set(CacheRun.key(i), value);
            }
            System.gc();
            System.out.println("MEASURED FROM HERE");
            SplittableRandom random = new SplittableRandom(5);
            byte[][] kept = new byte[KEPT][];
            for (long bytes = 0; bytes < ALLOCATED;) {
                byte[] piece = new byte[100 + random.nextInt(400)];
                bytes += piece.length + 16;
                kept[random.nextInt(KEPT)] = piece;
                if (random.nextInt(64) == 0) {
                    String key = CacheRun.key(random.nextInt(entries));
                    cache.get(key);
                    cache.set(key, value);
                }
            }
            CacheRun.result("pauses_end", "kept", (double) kept.length);
        }
    }
}
