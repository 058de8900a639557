// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.kv;

import io.sett.api.common.Capability;
import io.sett.api.common.KeyRange;
import io.sett.api.common.Progress;
import io.sett.api.common.ProgressListener;
import io.sett.api.kv.CompactionResult;
import io.sett.api.kv.GarbageCollectionResult;
import io.sett.api.kv.Maintenance;
import io.sett.api.kv.VerifyLevel;
import io.sett.api.kv.VerifyReport;
import io.sett.spi.Deadline;
import io.sett.spi.kv.KVArguments;
import java.time.Duration;
import java.util.List;

/**
 * Housekeeping by hand. Compaction and garbage collection are one thing here: what nobody can see any more is dropped,
 * in the whole store.
 */
final class MemoryMaintenance implements Maintenance {

    private final KVArguments arguments;
    private final Committer committer;
    private final VersionedMap map;

    MemoryMaintenance(KVArguments arguments, Committer committer, VersionedMap map) {
        this.arguments = arguments;
        this.committer = committer;
        this.map = map;
    }

    @Override
    public void flush() {
        committer.checkOpen();
        throw arguments.unsupported(Capability.PERSISTENT, "make data durable, it lives in memory alone");
    }

    @Override
    public CompactionResult compact(KeyRange range, ProgressListener progress) {
        long begun = System.nanoTime();
        long before = map.bytes();
        long versions = map.versionCount();
        drop("compact", progress);
        return new CompactionResult(before, map.bytes(), Math.max(0, versions - map.versionCount()),
                Duration.ofNanos(System.nanoTime() - begun));
    }

    @Override
    public GarbageCollectionResult garbageCollect(ProgressListener progress) {
        long begun = System.nanoTime();
        long freed = drop("collect", progress);
        int readers = committer.readerCount();
        List<String> notes = readers == 0 ? List.of() : List.of("versions from " + committer.oldestVersion()
                + " on are kept for " + readers + " open transactions, snapshots and cursors");
        return new GarbageCollectionResult(Math.max(0, freed), 0, 0, notes,
                Duration.ofNanos(System.nanoTime() - begun));
    }

    private long drop(String phase, ProgressListener progress) {
        committer.checkOpen();
        Deadline.none().check(phase + " in store '" + arguments.store() + "'");
        long before = map.bytes();
        progress.onProgress(new Progress(phase, 0, before, "bytes"));
        committer.sweep();
        progress.onProgress(new Progress(phase, before, before, "bytes"));
        return before - map.bytes();
    }

    @Override
    public VerifyReport verify(VerifyLevel level, ProgressListener progress) {
        committer.checkOpen();
        long begun = System.nanoTime();
        MapCheck check = new MapCheck(map, committer.latest());
        check.run(progress, "verify in store '" + arguments.store() + "'");
        return new VerifyReport(level, check.problems(), 0, check.bytes(),
                Duration.ofNanos(System.nanoTime() - begun));
    }

    @Override
    public String describe() {
        return "store '" + arguments.store() + "', engine memory: " + map.keyCount() + " keys, " + map.versionCount()
                + " versions, about " + map.bytes() + " bytes; newest version " + committer.latest()
                + ", oldest one read " + committer.oldestVersion() + ", " + committer.readerCount()
                + " open transactions, snapshots and cursors";
    }
}
