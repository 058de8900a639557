// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.table;

import io.sett.engine.lsm.internal.base.Bytes;

/** A blocked Bloom filter over the hashes of user keys, see the package page. Immutable; any number of threads. */
final class Filter {

    static final int HEADER = 8;
    static final int LINE = 64;

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final int MAX_LINES = (Integer.MAX_VALUE - 1024) / LINE;

    private final byte[] data;
    private final int lines;
    private final int probes;

    private Filter(byte[] data, int lines, int probes) {
        this.data = data;
        this.lines = lines;
        this.probes = probes;
    }

    static Filter parse(byte[] data, int length) throws MalformedBlockException {
        int lines = length < HEADER ? 0 : Bytes.getInt(data, 0);
        int probes = length < HEADER ? 0 : data[4];
        if (lines < 1 || lines > MAX_LINES || probes < 1 || probes > 30 || HEADER + (long) lines * LINE != length) {
            throw new MalformedBlockException("a filter of " + length + " bytes cannot have " + lines + " lines and "
                    + probes + " probes");
        }
        return new Filter(data, lines, probes);
    }

    /** False when no key with that hash was added; true mostly when one was. */
    boolean mayContain(long hash) {
        int line = HEADER + (int) Math.multiplyHigh(hash >>> 1, (long) lines << 1) * LINE;
        long g = hash * GOLDEN;
        for (int i = 0; i < probes; i++) {
            int bit = (int) (g >>> 55);
            if ((data[line + (bit >>> 3)] & 1 << (bit & 7)) == 0) {
                return false;
            }
            g *= GOLDEN;
        }
        return true;
    }

    /**
     * Makes the filter of some hashes.
     *
     * @param falsePositives the rate to aim at, between 0 and 1, exclusive
     */
    static byte[] build(long[] hashes, int count, double falsePositives) {
        double ideal = -Math.log(falsePositives) / (Math.log(2) * Math.log(2));
        // Lines are filled unevenly, which costs some bits more the lower the rate.
        double bits = ideal * (1.02 + 0.006 * ideal);
        int probes = (int) Math.max(1, Math.min(30, Math.round(ideal * Math.log(2))));
        int lines = (int) Math.max(1, Math.min(MAX_LINES, (long) Math.ceil(count * bits / (LINE * 8))));
        byte[] data = new byte[HEADER + lines * LINE];
        Bytes.putInt(data, 0, lines);
        data[4] = (byte) probes;
        for (int k = 0; k < count; k++) {
            int line = HEADER + (int) Math.multiplyHigh(hashes[k] >>> 1, (long) lines << 1) * LINE;
            long g = hashes[k] * GOLDEN;
            for (int i = 0; i < probes; i++) {
                int bit = (int) (g >>> 55);
                data[line + (bit >>> 3)] |= (byte) (1 << (bit & 7));
                g *= GOLDEN;
            }
        }
        return data;
    }

    int bytes() {
        return data.length;
    }
}
