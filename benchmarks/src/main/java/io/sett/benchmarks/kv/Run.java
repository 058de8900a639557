// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.kv;

import java.nio.file.Files;
import java.nio.file.Path;

/** Runs one workload on one peer in this JVM and prints a line for each phase. */
public final class Run {

    private Run() {
    }

    /** Arguments: peer, workload, scale, directory that is empty. */
    public static void main(String[] arguments) throws Exception {
        Bench bench = new Bench(arguments[0], Path.of(arguments[3]), new Scale(Double.parseDouble(arguments[2])));
        Workload workload = Workloads.byName(arguments[1]);
        if (workload.warmsUp()) {
            new Check(bench.peerName()).run(Files.createDirectories(bench.directory().resolve("check")));
            new WarmUp(bench).run();
        }
        workload.run(bench);
    }
}
