// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.kv;

import io.sett.benchmarks.kv.peer.Peer;
import java.util.List;

/** Some phases that one process measures one after the other on one peer. */
interface Workload {

    /** One word, the name of its file of raw results. */
    String name();

    /** What it does, with its sizes, for the page of results. */
    String describe(Scale scale);

    /** Does it. */
    void run(Bench bench) throws Exception;

    /** The peers that can do it, among those that are compared. */
    default List<String> peers(List<String> compared) {
        return without(compared, Peer.COMPRESSING);
    }

    /** The JVM that it needs. */
    default List<String> jvmOptions() {
        return List.of("-Xmx2g");
    }

    /** Whether the peer is checked against a model and warmed up first; not where each phase has its own process. */
    default boolean warmsUp() {
        return true;
    }

    /** Peers whose writes are slow by design are left out where they would take hours. */
    static List<String> without(List<String> compared, String... left) {
        return compared.stream().filter(peer -> !List.of(left).contains(peer)).toList();
    }

    /** Bytes of the caches as numbers of entries of that many bytes. */
    static int entriesInCache(int entryBytes) {
        return (int) (Peer.CACHE_BYTES / entryBytes);
    }
}
