// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.cache;

import io.sett.benchmarks.cache.peer.CachePeer;
import java.util.SplittableRandom;

/** What entries cost beside their bytes, and whether a limit holds. */
final class Memory {

    private static final long LIMIT = 256L << 20;

    private final String peer;

    Memory(String peer) {
        this.peer = peer;
    }

    /** So that the code is loaded and compiled before anything is measured. */
    private void fill(int entries) {
        try (CachePeer cache = CachePeer.open(peer, new CachePeer.Size(entries * 400L, entries, 100))) {
            byte[] value = CacheRun.value(1, 100);
            for (int i = 0; i < entries; i++) {
                cache.set(CacheRun.key(i), value);
                cache.touch(CacheRun.key(i));
            }
        }
    }

    /** Bytes held for each entry beside 40 bytes of key and 100 of value. */
    void overhead(int entries) {
        for (int round = 0; round < 10; round++) {
            fill(10_000);
        }
        Footprint before = Footprint.now();
        try (CachePeer cache = CachePeer.open(peer, new CachePeer.Size(entries * 400L, entries, 100))) {
            byte[] value = CacheRun.value(1, 100);
            for (int i = 0; i < entries; i++) {
                cache.set(CacheRun.key(i), value);
            }
            long held = Footprint.now().since(before);
            for (int i = 0; i < entries; i += 997) {
                if (cache.touch(CacheRun.key(i)) < 0) {
                    throw new IllegalStateException(peer + " lost entry " + i);
                }
            }
            CacheRun.result("overhead" + entries, "bytes_per_entry", (double) held / entries - 140);
        }
    }

    /** Streams four times what fits through a cache of 256 MiB. */
    void limit() {
        limit("limit100", 100, 100);
        limit("limit1024", 1024, 1024);
        limit("limitmixed", 20, 4000);
    }

    private void limit(String phase, int least, int most) {
        Footprint before = Footprint.now();
        int average = (least + most) / 2;
        int stream = (int) (LIMIT * 4 / (average + 40));
        SplittableRandom random = new SplittableRandom(3);
        try (CachePeer cache = CachePeer.open(peer, new CachePeer.Size(LIMIT, LIMIT / (average + 80), average))) {
            byte[][] values = new byte[most + 1][];
            for (int i = 0; i < stream; i++) {
                int length = least + random.nextInt(most - least + 1);
                values[length] = values[length] == null ? CacheRun.value(length, length) : values[length];
                cache.set(CacheRun.key(i), values[length]);
            }
            values = null;
            long held = Footprint.now().since(before);
            long payload = 0;
            for (int i = 0; i < stream; i++) {
                byte[] value = cache.get(CacheRun.key(i));
                payload += value == null ? 0 : value.length + 40;
            }
            CacheRun.result(phase, "footprint_per_limit", (double) held / LIMIT, "payload_per_limit",
                    (double) payload / LIMIT);
        }
    }

    /** What is still resident of 512 MiB after everything was removed: at once, and after a garbage collection. */
    void giveBack() {
        Footprint before = Footprint.now();
        try (CachePeer cache = CachePeer.open(peer, new CachePeer.Size(1L << 30, 2_500_000, 100))) {
            byte[] value = CacheRun.value(1, 100);
            for (int i = 0; i < 2_500_000; i++) {
                cache.set(CacheRun.key(i), value);
            }
            double held = Footprint.now().resident() - before.resident();
            cache.clear();
            double atOnce = Footprint.withoutCollection().resident() - before.resident();
            double collected = Footprint.now().resident() - before.resident();
            CacheRun.result("giveback", "held_mib", held / (1 << 20), "kept_at_once", atOnce / held,
                    "kept_after_gc", collected / held);
        }
    }
}
