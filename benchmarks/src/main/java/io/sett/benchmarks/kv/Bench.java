// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.kv;

import io.sett.benchmarks.harness.Measurement;
import io.sett.benchmarks.harness.Meter;
import io.sett.benchmarks.kv.peer.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a workload works with.
 *
 * @param peerName which peer
 * @param directory of this process, empty at first
 * @param scale of the workload
 */
record Bench(String peerName, Path directory, Scale scale) {

    /** Opens a store of its own. */
    Peer open(String store, boolean sync) throws IOException {
        return Peer.open(peerName, Files.createDirectories(directory.resolve(store)), sync);
    }

    /** A phase that wrote nothing is over. */
    void report(String phase, Meter meter, long operations) throws IOException {
        new Measurement(phase, meter.figures(operations, 0, directory)).print();
    }

    /** A phase is over that wrote so many bytes of keys and values into that store. */
    void report(String phase, Meter meter, long operations, long userBytes, String store) throws IOException {
        new Measurement(phase, meter.figures(operations, userBytes, directory.resolve(store))).print();
    }

    /** The same with one figure more. */
    void report(String phase, Meter meter, long operations, String figure, double value) throws IOException {
        Map<String, Double> figures = meter.figures(operations, 0, directory);
        figures.put(figure, value);
        new Measurement(phase, figures).print();
    }
}
