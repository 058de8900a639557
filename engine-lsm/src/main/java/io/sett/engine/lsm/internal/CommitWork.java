// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import io.sett.api.error.CancelledException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InternalStorageException;
import io.sett.api.error.StorageException;
import io.sett.api.error.StorageUnavailableException;
import io.sett.engine.lsm.internal.base.InternalKey;
import io.sett.engine.lsm.internal.codec.FileHeader;
import io.sett.engine.lsm.internal.commit.CommitStages;
import io.sett.engine.lsm.internal.commit.PendingCommit;
import io.sett.engine.lsm.internal.commit.WriteStallPolicy.Decision;
import io.sett.engine.lsm.internal.commit.WriteStallPolicy.Kind;
import io.sett.engine.lsm.internal.commit.WriteStallPolicy;
import io.sett.engine.lsm.internal.io.FileNames;
import io.sett.engine.lsm.internal.io.StoreDirectory;
import io.sett.engine.lsm.internal.memtable.Memtable;
import io.sett.engine.lsm.internal.read.ReadView;
import io.sett.engine.lsm.internal.txn.Oracle;
import io.sett.engine.lsm.internal.version.VersionEdit;
import io.sett.engine.lsm.internal.version.VersionSet;
import io.sett.engine.lsm.internal.wal.LogBatch;
import io.sett.engine.lsm.internal.wal.LogChain;
import io.sett.engine.lsm.internal.wal.LogWriter;
import io.sett.spi.Deadline;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The stages of a commit in this engine: room, conflicts, log, memtable, visibility. */
final class CommitWork implements CommitStages, LogBatch.Sink {

    /** What it works on. */
    record Parts(String store, OpenFlag open, StoreDirectory logDirectory, VersionSet versions, Views views,
            LogChain logs, Oracle oracle, StoreHealth health, StoreEvents events, LsmStats stats, LsmConfig config,
            LongSupplier millis, Backlog backlog) {
    }

    private static final long LOOK_AGAIN_NANOS = 100_000_000;
    private static final long GROWN = 1 << 20;
    private static final int MAX_PREFIX = 1024;
    /** Bytes around the operations of a commit in the log, about. */
    private static final int LOG_OVERHEAD = 32;

    private final Parts parts;
    private final ReentrantLock roomLock = new ReentrantLock();
    private final Condition roomChanged = roomLock.newCondition();
    private final AtomicInteger heldCompactions = new AtomicInteger();
    private @Nullable Brake brake;
    private @Nullable Growth growth;
    private boolean grown;
    /** Bytes of the logs of the active memtable before the one that grows. */
    private long rolledBytes;
    private long insertVersion;
    private Memtable insertInto;

    CommitWork(Parts parts) {
        this.parts = parts;
        this.insertInto = parts.views().current().active();
    }

    /** Hears of the memtable, from the leader. */
    interface Growth {

        /** It has its first megabyte; once. */
        void grown();

        /** It is full, and another one takes the writes; or flushing is to be looked at. */
        void rotated();
    }

    /** Once, before the first commit. */
    void begin(Growth listener) {
        growth = listener;
    }

    private void rotated() {
        Growth listener = growth;
        if (listener != null) {
            listener.rotated();
        }
    }

    private void grown() {
        Growth listener = growth;
        if (listener != null && !grown) {
            listener.grown();
        }
        grown = true;
    }

    // --- room ---

    @Override
    public void makeRoom(PendingCommit first) {
        parts.open().check();
        parts.health().checkWritable();
        ReadView view = parts.views().current();
        boolean full = isFull(view.active());
        if (!grown && view.active().bytes() >= GROWN) {
            grown();
        }
        boolean calm = parts.config().stalls().isCalm(view.immutableCount(), view.version().state(0).files(),
                parts.backlog().pendingBytes());
        if (!calm) {
            hold(view, full, first.deadline());
        } else {
            release();
        }
        if (full) {
            rotate();
        }
    }

    private boolean isFull(Memtable memtable) {
        return !memtable.isEmpty() && (memtable.bytes() >= parts.config().memtableBytes()
                || rolledBytes + parts.logs().current().length() >= parts.config().logBytes());
    }

    private Decision decide(ReadView view, boolean full) {
        boolean compacts = parts.config().autoCompaction() && heldCompactions.get() == 0
                && !parts.backlog().isGivenUp();
        double fullness = Math.min(1, Math.max((double) view.active().bytes() / parts.config().memtableBytes(),
                (double) (rolledBytes + parts.logs().current().length()) / parts.config().logBytes()));
        return parts.config().stalls().decide(new WriteStallPolicy.Load(view.immutableCount(), fullness, full,
                view.version().state(0).files(), parts.backlog().pendingBytes(), compacts));
    }

    private void release() {
        Brake used = brake;
        if (used != null && used.isOn()) {
            used.release();
        }
    }

    private Brake brake() {
        Brake used = brake;
        if (used == null) {
            used = new Brake(parts.events(), parts.stats());
            brake = used;
        }
        return used;
    }

    private void hold(ReadView view, boolean full, Deadline deadline) {
        Decision decision = decide(view, full);
        if (decision.kind() == Kind.STOP) {
            stop(decision, full, deadline);
        } else if (decision.kind() == Kind.SLOW) {
            brake().slow(decision, view.active().id(), view.active().bytes(), deadline);
        }
    }

    private void stop(Decision first, boolean full, Deadline deadline) {
        brake().stopped(first);
        long start = System.nanoTime();
        rotated();
        try {
            while (decide(parts.views().current(), full).kind() == Kind.STOP) {
                parts.open().check();
                parts.health().checkWritable();
                await(first, deadline);
            }
        } finally {
            brake().goesOn(System.nanoTime() - start);
        }
    }

    private void await(Decision reason, Deadline deadline) {
        String what = "a commit of store '" + parts.store() + "' waited because " + reason.reason() + ", and";
        if (deadline.isOver()) {
            throw deadline.exceeded(what);
        }
        roomLock.lock();
        try {
            roomChanged.await(Math.min(LOOK_AGAIN_NANOS, deadline.remainingNanos()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException(ErrorCode.CANCELLED, what + " was interrupted; nothing was written",
                    Map.of("store", parts.store()), e);
        } finally {
            roomLock.unlock();
        }
    }

    /** Something was flushed, compacted or has failed: whoever waits looks again. */
    void roomChanged() {
        roomLock.lock();
        try {
            roomChanged.signalAll();
        } finally {
            roomLock.unlock();
        }
    }

    /** While compaction is held up no writer waits for it. */
    void holdCompaction(boolean held) {
        heldCompactions.addAndGet(held ? 1 : -1);
        roomChanged();
    }

    /** A new memtable with a new log takes the writes. For the leader. */
    void rotate() {
        Memtable full = parts.views().current().active();
        if (full.isEmpty()) {
            return;
        }
        long id = newLog();
        rolledBytes = 0;
        byte[] prefix = full.commonPrefix();
        Memtable next = new Memtable(id, prefix.length <= MAX_PREFIX ? prefix : new byte[0], full.entries());
        parts.views().rotate(next);
        insertInto = next;
        rotated();
    }

    /** A new log goes on where the one before ends; the answer is its number. */
    private long newLog() {
        VersionSet versions = parts.versions();
        long id = versions.newFileId();
        LogWriter log = LogWriter.create(parts.logDirectory().path(), versions.storeId(), id,
                parts.millis().getAsLong(), parts.config().mapping());
        try {
            parts.logDirectory().force();
            versions.apply(VersionEdit.builder().addLog(id).build());
        } catch (StorageException e) {
            log.close();
            throw e;
        }
        parts.logs().rotate(log);
        parts.events().fileCreated("log", FileNames.walName(id), 0);
        return id;
    }

    /** A log ends before the group that would make it too long; the memtable goes on. */
    private void rollFor(List<PendingCommit> group) {
        long bytes = parts.logs().current().length();
        if (bytes <= FileHeader.LENGTH) {
            return;
        }
        long length = bytes;
        for (PendingCommit commit : group) {
            length += commit.batch().loggedSize() + LOG_OVERHEAD;
        }
        if (length > parts.config().values().fileBytes()) {
            newLog();
            rolledBytes += bytes;
        }
    }

    // --- conflicts ---

    @Override
    public @Nullable StorageException admit(PendingCommit commit, long version) {
        if (commit.isBlind() && !parts.oracle().watches()) {
            parts.oracle().pass(version);
            return null;
        }
        var conflict = parts.oracle().check(commit.request());
        if (conflict.isPresent()) {
            return conflict.get().toException(parts.store(), commit.request().transactionId());
        }
        if (!commit.request().writesNothing()) {
            parts.oracle().remember(commit.request(), version);
        }
        return null;
    }

    // --- log ---

    @Override
    public void log(List<PendingCommit> group, long firstVersion, boolean force) {
        LogChain logs = parts.logs();
        boolean written = false;
        rollFor(group);
        try {
            long version = firstVersion;
            for (int i = 0; i < group.size(); i++) {
                logs.add(version++, group.get(i).batch());
            }
            logs.write(force);
            written = true;
            if (force) {
                logs.force();
            }
        } catch (StorageException e) {
            if (logs.failure() != null) {
                parts.health().stopWrites("the write-ahead log", e);
                if (written) {
                    throw StorageUnavailableException.unknownOutcome(ErrorCode.STORAGE_UNAVAILABLE, "store '"
                            + parts.store() + "': a commit was written but could not be made durable ("
                            + e.getMessage() + "); read it after the store was opened again",
                            Map.of("store", parts.store()), e);
                }
            }
            throw e;
        }
    }

    /** Makes everything written so far durable. For the leader. */
    void force() {
        try {
            parts.logs().force();
        } catch (StorageException e) {
            parts.health().stopWrites("the write-ahead log", e);
            throw e;
        }
    }

    // --- memtable ---

    @Override
    public void insert(PendingCommit commit, long version) {
        try {
            insertVersion = version;
            commit.batch().forEach(this);
        } catch (RuntimeException | Error e) {
            parts.health().stopWrites("the memtable", e);
            throw InternalStorageException.unknownOutcome(ErrorCode.INTERNAL, "store '" + parts.store()
                    + "': a commit is in the log but not in the memtable; open the store again",
                    Map.of("store", parts.store()), e);
        }
    }

    @Override
    public void operation(int kind, byte[] data, int keyAt, int keyLength, int cellAt, int cellLength) {
        insertInto.add(data, keyAt, keyLength, InternalKey.trailer(insertVersion, kind), data, cellAt, cellLength);
    }

    /** The memtable takes note of a commit whose entries are in tables already. For the leader. */
    void note(long version) {
        insertInto.note(version);
    }

    @Override
    public void publish(long version) {
        parts.oracle().publish(version);
    }

    @Override
    public long lastVersion() {
        return parts.oracle().visible();
    }
}
