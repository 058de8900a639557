// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.kv;

import io.sett.api.common.Capability;
import io.sett.api.common.KeyRange;
import io.sett.api.common.Progress;
import io.sett.api.common.ProgressListener;
import io.sett.api.kv.CompactionResult;
import io.sett.api.kv.GarbageCollectionResult;
import io.sett.api.kv.Maintenance;
import io.sett.api.kv.VerifyLevel;
import io.sett.api.kv.VerifyReport;
import io.sett.engine.sqlite.internal.db.Database;
import io.sett.engine.sqlite.internal.db.DatabaseFiles;
import io.sett.engine.sqlite.internal.db.Vacuum;
import io.sett.spi.Deadline;
import java.time.Duration;
import java.util.List;

/** Looking after a key-value store: SQLite can rewrite and check the whole file only, so ranges are whole too. */
final class KvMaintenance implements Maintenance {

    private static final int SWEEP_ENTRIES = 10_000;

    private final KvParts parts;
    private final Committer committer;

    KvMaintenance(KvParts parts, Committer committer) {
        this.parts = parts;
        this.committer = committer;
    }

    private Database database() {
        return parts.database();
    }

    @Override
    public void flush() {
        committer.writer().flush(Deadline.none());
    }

    @Override
    public CompactionResult compact(KeyRange range, ProgressListener progress) {
        long start = System.nanoTime();
        long before = DatabaseFiles.bytes(database().options().file());
        progress.onProgress(new Progress("sweep", 0, -1, "entries"));
        long dropped = 0;
        long now = parts.clock().millis();
        long swept = committer.writer().sweep(now, SWEEP_ENTRIES);
        while (swept > 0) {
            dropped += swept;
            progress.onProgress(new Progress("sweep", dropped, -1, "entries"));
            swept = committer.writer().sweep(now, SWEEP_ENTRIES);
        }
        progress.onProgress(new Progress("rewrite", 0, before, "bytes"));
        database().exclusively(Deadline.none(), "compact", session -> {
            Vacuum.run(session);
            session.number("pragma wal_checkpoint(truncate)");
            return true;
        });
        database().schemaChanged();
        progress.onProgress(new Progress("rewrite", before, before, "bytes"));
        long after = DatabaseFiles.bytes(database().options().file());
        return new CompactionResult(before, after, dropped, Duration.ofNanos(System.nanoTime() - start));
    }

    @Override
    public GarbageCollectionResult garbageCollect(ProgressListener progress) {
        throw parts.arguments().unsupported(Capability.GARBAGE_COLLECTION, "collect garbage; it reuses free pages");
    }

    @Override
    public VerifyReport verify(VerifyLevel level, ProgressListener progress) {
        long start = System.nanoTime();
        long bytes = DatabaseFiles.bytes(database().options().file());
        progress.onProgress(new Progress("verify", 0, bytes, "bytes"));
        List<String> problems = database().reading(Deadline.none(), "verify",
                session -> Vacuum.check(session, level == VerifyLevel.FULL));
        progress.onProgress(new Progress("verify", bytes, bytes, "bytes"));
        return new VerifyReport(level, problems, 1, bytes, Duration.ofNanos(System.nanoTime() - start));
    }

    @Override
    public String describe() {
        database().checkOpen();
        return "store '" + database().options().store() + "', engine sqlite, file " + database().options().file() + ", "
                + DatabaseFiles.bytes(database().options().file()) + " bytes, " + parts.views().open()
                + " versions held by readers, " + committer.commits() + " commits in " + committer.groups() + " groups";
    }
}
