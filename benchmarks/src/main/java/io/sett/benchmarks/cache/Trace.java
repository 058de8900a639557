// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.cache;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/**
 * Accesses as they were recorded; the README beside the files says whence and in which format.
 *
 * @param name of the trace
 * @param keys one number for each access
 * @param distinct how many different ones there are
 */
record Trace(String name, int[] keys, int distinct) {

    static final List<String> NAMES = List.of("arc-oltp", "cache2k-web07", "lirs-loop", "lirs-multi2");

    static Trace load(String name) throws IOException {
        InputStream file = Objects.requireNonNull(Trace.class.getResourceAsStream("/traces/" + name + ".ids.gz"));
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(new GZIPInputStream(file), 1 << 16))) {
            int[] keys = new int[in.readInt()];
            int distinct = in.readInt();
            for (int i = 0; i < keys.length; i++) {
                keys[i] = in.readInt();
            }
            return new Trace(name, keys, distinct);
        }
    }
}
