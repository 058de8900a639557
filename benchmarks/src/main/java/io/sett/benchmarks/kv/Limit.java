// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.kv;

import io.sett.benchmarks.kv.peer.Peer;
import java.util.List;

/**
 * What a figure of ours that is no rate may be at most.
 *
 * @param phase of a workload
 * @param peer which of our peers
 * @param figure its name in the raw lines
 * @param most what it may be
 * @param meaning in words
 */
record Limit(String phase, String peer, String figure, double most, String meaning) {

    static final List<Limit> ALL = List.of(
            new Limit("fill1k", "sett", "written_per_user_byte", 1.1, "bytes written per byte of the user, 1 KiB"),
            new Limit("fill16k", "sett", "written_per_user_byte", 1.1, "the same, 16 KiB"),
            new Limit("fill1k", Peer.COMPRESSING, "written_per_user_byte", 0.75, "the same, compressed, 1 KiB"),
            new Limit("fill16k", Peer.COMPRESSING, "written_per_user_byte", 0.75, "the same, compressed, 16 KiB"),
            new Limit("space", "sett", "stored_per_user_byte", 1.3, "bytes on disk per live byte after a collection"),
            new Limit("space", Peer.COMPRESSING, "stored_per_user_byte", 0.8, "the same, compressed"),
            new Limit("rmw8", "sett", "retries_per_commit", 0.1, "repeated transactions per commit, 8 threads"),
            new Limit("openclean", "sett", "open_ms", 20, "ms to open 100,000 entries after a close"),
            new Limit("openkilled", "sett", "open_ms", 100, "ms to open 100,000 entries after a kill"),
            new Limit("garbage", "sett", "view_b", 64, "bytes of heap per get in place"),
            new Limit("garbage", "sett", "put_b", 256, "bytes of heap per put, memtable included"),
            new Limit("fillrandom", "sett", "gc_share", 0.01, "share of time in collections of garbage"));
}
