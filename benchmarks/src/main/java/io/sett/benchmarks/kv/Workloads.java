// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.kv;

import java.util.List;
import java.util.stream.Collectors;

/** All workloads. */
final class Workloads {

    static final List<Workload> ALL = List.of(new SmallValues(), new LargeValues(1024), new LargeValues(16 * 1024),
            new SyncedWrites(), new HotTransactions(), new Ycsb(), new Space(), new Opening(), new Garbage(),
            new Growth(), new TinyHeap());

    private Workloads() {
    }

    static Workload byName(String name) {
        return ALL.stream().filter(workload -> workload.name().equals(name)).findFirst().orElseThrow(
                () -> new IllegalArgumentException("no workload '" + name + "', there are "
                        + ALL.stream().map(Workload::name).collect(Collectors.joining(", "))));
    }
}
