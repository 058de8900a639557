// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.files;

import java.io.IOException;
import java.util.SplittableRandom;

/**
 * One kind of work, measured by how much of it is done in a second.
 *
 * @param label what it is, in results
 * @param bytes length of each file
 * @param times how often it is done in each turn
 * @param streamed whether content moves in pieces
 */
record FileWork(String label, long bytes, int times, boolean streamed) {

    /** What is done with a file. */
    enum Action {
        SAVE, LOAD
    }

    /** Files of one size take turns, so that no two saves in a row replace one another. */
    private static final int NAMES = 8;

    /** Seconds that the work took, once for each file. */
    double seconds(Contestant contestant, Action action) throws IOException {
        byte[] content = new byte[(int) Math.min(bytes, streamed ? Contestant.PIECE : bytes)];
        new SplittableRandom(7).nextBytes(content);
        long started = System.nanoTime();
        for (int i = 0; i < times; i++) {
            String name = label + "-" + i % NAMES;
            if (action == Action.LOAD) {
                requireLength(streamed ? contestant.readStream(name) : contestant.load(name).length);
            } else if (streamed) {
                contestant.saveStream(name, content, bytes / content.length);
            } else {
                contestant.save(name, content);
            }
        }
        return (System.nanoTime() - started) / 1e9;
    }

    private void requireLength(long length) {
        if (length != bytes) {
            throw new IllegalStateException("read " + length + " bytes of " + bytes);
        }
    }
}
