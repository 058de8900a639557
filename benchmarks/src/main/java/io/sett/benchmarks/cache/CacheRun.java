// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.cache;

import io.sett.benchmarks.cache.peer.CachePeer;

/** Measures one thing on one peer in this JVM; prints a line {@code RESULT phase figure=value …} for each phase. */
public final class CacheRun {

    private CacheRun() {
    }

    /** Arguments: peer, what to measure. */
    public static void main(String[] arguments) throws Exception {
        String peer = arguments[0];
        check(peer);
        switch (arguments[1]) {
            case "speed100" -> new Speed(peer, 100).run();
            case "speed1k" -> new Speed(peer, 1024).run();
            case "overhead1m" -> new Memory(peer).overhead(1_000_000);
            case "overhead5m" -> new Memory(peer).overhead(5_000_000);
            case "limit" -> new Memory(peer).limit();
            case "giveback" -> new Memory(peer).giveBack();
            case "pauses" -> Pauses.run(peer, 5_000_000);
            case "wave" -> Wave.run();
            default -> throw new IllegalArgumentException("nothing is called '" + arguments[1] + "'; there are "
                    + "speed100, speed1k, overhead1m, overhead5m, limit, giveback, pauses, wave");
        }
    }

    /** A peer that loses or mixes up entries is not worth measuring. */
    private static void check(String peer) {
        if (peer.equals("none")) {
            return;
        }
        try (CachePeer cache = CachePeer.open(peer, new CachePeer.Size(64L << 20, 1000, 100))) {
            for (int i = 0; i < 1000; i++) {
                cache.set(key(i), value(i, 100));
            }
            for (int i = 0; i < 1000; i++) {
                byte[] value = cache.get(key(i));
                if (value == null || !java.util.Arrays.equals(value, value(i, 100)) || cache.touch(key(i)) < 0) {
                    throw new IllegalStateException(peer + " does not return entry " + i + " as it was set");
                }
            }
        }
    }

    /** A key of 40 characters. */
    static String key(long i) {
        String digits = Long.toString(i);
        return "user/profile/number/0000000000000000000000".substring(0, 40 - digits.length()) + digits;
    }

    static byte[] value(long i, int length) {
        byte[] value = new byte[length];
        java.util.Arrays.fill(value, (byte) i);
        return value;
    }

    static void result(String phase, Object... figures) {
        StringBuilder line = new StringBuilder("RESULT ").append(phase);
        for (int i = 0; i < figures.length; i += 2) {
            line.append(' ').append(figures[i]).append('=').append(figures[i + 1]);
        }
        System.out.println(line);
    }
}
