// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.kv;

import io.sett.benchmarks.harness.Directories;
import io.sett.benchmarks.harness.ForkedJvm;
import io.sett.benchmarks.harness.Machine;
import io.sett.benchmarks.harness.Measurement;
import io.sett.benchmarks.harness.RawFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures workloads on all peers, each in a process of its own, in rounds A B C A B C. What a file of raw results has
 * already is not measured again, so that an interrupted run goes on; delete the file to begin anew.
 *
 * <p>See {@link Options} for the arguments.
 */
public final class Compare {

    private final Options options;
    private final List<String> failures = new ArrayList<>();

    private Compare(Options options) {
        this.options = options;
    }

    /** The program. */
    public static void main(String[] arguments) throws Exception {
        Options options = Options.parse(arguments);
        Compare compare = new Compare(options);
        for (Workload workload : options.workloads()) {
            compare.measure(workload);
        }
        if (options.report()) {
            new Report(options).write();
        }
        if (!compare.failures.isEmpty()) {
            System.err.println("failed, and left out: " + String.join("; ", compare.failures));
            System.exit(1);
        }
    }

    private void measure(Workload workload) throws Exception {
        RawFile raw = RawFile.read(options.rawFile(workload));
        List<String> head = new ArrayList<>(Machine.describe());
        head.add("versions: " + Machine.versions("rocksdbjni", "lmdbjava", "h2-mvstore", "sqlite-jdbc", "mapdb",
                "xodus-environment", "leveldb-0", "engine-lsm"));
        head.add("workload: " + workload.name() + ", " + workload.describe(options.scale()));
        List<String> peers = workload.peers(options.peers());
        for (int round = 1; round <= options.rounds(); round++) {
            for (String peer : peers) {
                if (!raw.isDone(peer, round)) {
                    raw.begin(head);
                    System.err.println(workload.name() + ", round " + round + ": " + peer);
                    measure(workload, peer, round, raw);
                }
            }
        }
    }

    /** A peer that fails is named in the end, and does not keep the others from being measured. */
    private void measure(Workload workload, String peer, int round, RawFile raw) throws InterruptedException {
        try {
            raw.add(peer, round, measure(workload, peer));
        } catch (IOException failed) {
            failures.add(workload.name() + " of " + peer + " in round " + round + ": " + failed.getMessage());
        }
    }

    private List<Measurement> measure(Workload workload, String peer) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory(Files.createDirectories(options.scratch()), "sett-bench-");
        try {
            return new ForkedJvm(workload.jvmOptions().toArray(new String[0])).run(Run.class, peer, workload.name(),
                    Double.toString(options.scale().factor()), directory.toString());
        } finally {
            Directories.delete(directory);
        }
    }
}
