// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.kv;

import io.sett.api.common.Durability;
import io.sett.api.common.KeyRange;
import io.sett.api.error.CancelledException;
import io.sett.api.error.ClosedException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.error.LimitExceededException;
import io.sett.spi.Deadline;
import io.sett.spi.kv.ActiveVersions;
import io.sett.spi.kv.CommitRequest;
import io.sett.spi.kv.ConflictWindow;
import io.sett.spi.kv.KVArguments;
import io.sett.spi.kv.PendingWrite;
import io.sett.spi.kv.WriteSet;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Orders the commits: one at a time, checked against those before, appended under the next version, then published.
 * Safe for many threads. Never waits for anything but other commits.
 */
final class Committer {

    private static final int EXPIRED_PER_COMMIT = 16;
    private static final int EXPIRED_PER_SWEEP = 4096;
    private static final long MAX_REMEMBERED_KEYS = 1 << 20;

    /** What a step on one key makes of it: a result, and a new value if there is to be one. */
    record Step<T>(T result, byte @Nullable [] value) {
    }

    private final KVArguments arguments;
    private final Clock clock;
    private final VersionedMap map;
    private final Retention retention;
    private final MemoryAccount account;
    private final ReentrantLock lock = new ReentrantLock();
    private final ConflictWindow window = new ConflictWindow(MAX_REMEMBERED_KEYS, 0);
    private final ActiveVersions readers = new ActiveVersions();
    private final ActiveVersions writers = new ActiveVersions();
    private final ActiveVersions histories = new ActiveVersions();
    private final String what;
    private volatile long latest;
    private volatile long commits;
    private volatile boolean closed;
    private volatile boolean collectWanted;
    private volatile long nextExpiryMillis = Housekeeping.NEVER;

    Committer(KVArguments arguments, Clock clock, VersionedMap map, Retention retention, MemoryAccount account) {
        this.arguments = arguments;
        this.clock = clock;
        this.map = map;
        this.retention = retention;
        this.account = account;
        this.what = "commit in store '" + arguments.store() + "'";
    }

    /** The newest version that is visible. */
    long latest() {
        return latest;
    }

    void checkOpen() {
        if (closed) {
            throw new ClosedException(ErrorCode.STORE_CLOSED,
                    "store '" + arguments.store() + "' is closed; open it again to use it",
                    Map.of("store", arguments.store()));
        }
    }

    boolean isClosed() {
        return closed;
    }

    /** Commits that wrote something. */
    long commits() {
        return commits;
    }

    /** When the next entry expires, or {@link Housekeeping#NEVER}. */
    long nextExpiryMillis() {
        return nextExpiryMillis;
    }

    // --- readers ---

    /** Begins reading at the newest version, which stays until {@link #endReading}. */
    long beginReading() {
        return readers.acquire(this::latest);
    }

    void endReading(long version) {
        readers.release(version);
        if (retention.hasWork(readers.oldest(latest))) {
            collectWanted = true;
            collectWhileWanted();
        }
    }

    /** The same for a transaction that may write. */
    long beginWriting() {
        return writers.acquire(this::beginReading);
    }

    void endWriting(long version) {
        writers.release(version);
        endReading(version);
    }

    /** Begins reading what changed since a version; the deletions since then stay until {@link #endHistory}. */
    void beginHistory(long since) {
        lock.lock();
        try {
            if (since < retention.forgottenDeletions()) {
                throw new InvalidOperationException(ErrorCode.INVALID_ARGUMENT, "store '" + arguments.store()
                        + "': what was deleted since version " + since + " is not remembered any more, only since "
                        + retention.forgottenDeletions() + "; read everything, or raise "
                        + MemoryKVSettings.KEPT_DELETIONS.path(), Map.of("store", arguments.store(), "since", since));
            }
            histories.acquire(() -> since);
        } finally {
            unlock();
        }
    }

    void endHistory(long since) {
        histories.release(since);
    }

    int readerCount() {
        return readers.count();
    }

    long oldestVersion() {
        return readers.oldest(latest);
    }

    // --- commits ---

    /** Checks, writes, publishes; answers with the new version. */
    long commit(CommitRequest request) {
        lock(request.deadline());
        try {
            checkOpen();
            if (request.canConflict()) {
                window.check(request).ifPresent(conflict -> {
                    throw conflict.toException(arguments.store(), request.transactionId());
                });
            }
            return request.writesNothing() ? request.readVersion() : write(request);
        } finally {
            unlock();
        }
    }

    /** Changes one key depending on its value, as one commit that cannot conflict. */
    <T> T change(byte[] key, Function<Optional<byte[]>, Step<T>> change) {
        arguments.checkWrittenKey(key);
        lock(Deadline.none());
        try {
            checkOpen();
            KeyVersions versions = map.find(key);
            EntryVersion newest = versions == null ? null : versions.newest();
            boolean present = newest != null && !newest.isDeletion() && !newest.isExpired(clock.millis());
            Step<T> step = change.apply(present ? Optional.of(newest.value()) : Optional.empty());
            if (step.value() != null) {
                WriteSet writes = new WriteSet(arguments);
                writes.put(key, step.value(), PendingWrite.NEVER, (byte) 0);
                write(CommitRequest.blind(writes, Durability.DEFAULT, Deadline.none()));
            }
            return step.result();
        } finally {
            unlock();
        }
    }

    private void lock(Deadline deadline) {
        deadline.check(what);
        if (lock.tryLock()) {
            return;
        }
        try {
            if (!lock.tryLock(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
                throw deadline.exceeded(what);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CancelledException(ErrorCode.CANCELLED, what + " was interrupted while it waited for other "
                    + "commits; nothing was changed", Map.of("store", arguments.store()), interrupted);
        }
    }

    private void unlock() {
        lock.unlock();
        collectWhileWanted();
    }

    /** Whoever cannot get the lock leaves the work to its holder, who looks again after letting it go. */
    private void collectWhileWanted() {
        while (collectWanted && lock.tryLock()) {
            try {
                collectWanted = false;
                collect();
            } finally {
                lock.unlock();
            }
        }
    }

    private void collect() {
        long now = latest;
        retention.collect(readers.oldest(now), histories.oldest(now), clock.millis());
        account.settle(map.bytes());
        nextExpiryMillis = retention.nextExpiryMillis();
    }

    private long write(CommitRequest request) {
        makeRoom(request);
        long version = latest + 1;
        List<KeyVersions> changed = new ArrayList<>(request.writes().size());
        try {
            for (KeyRange range : request.writes().deletedRanges()) {
                for (KeyVersions versions : map.in(range)) {
                    EntryVersion newest = versions.newest();
                    if (newest != null && !newest.isDeletion() && request.writes().find(versions.key()) == null) {
                        changed.add(versions);
                        map.delete(versions, version);
                    }
                }
            }
            for (PendingWrite write : request.writes()) {
                KeyVersions versions = map.append(write, version);
                if (versions != null) {
                    changed.add(versions);
                }
            }
        } catch (RuntimeException | Error failure) {
            changed.forEach(versions -> map.undo(versions, version));
            throw failure;
        }
        latest = version;
        commits++;
        window.record(request, version, writers.oldest(version));
        changed.forEach(retention::changed);
        if (retention.nextExpiryMillis() != Long.MAX_VALUE) {
            retention.dropExpired(readers.oldest(version), clock.millis(), EXPIRED_PER_COMMIT);
        }
        collect();
        return version;
    }

    // --- memory ---

    private void makeRoom(CommitRequest request) {
        long most = 0;
        boolean adds = false;
        for (PendingWrite write : request.writes()) {
            most += KeyVersions.bytes(write.key().length) + EntryVersion.bytes(write.value().length);
            adds |= !write.isDeletion();
        }
        if (!adds || account.fits(most)) {
            return;
        }
        dropAllExpired();
        retention.forgetDeletions(0, Math.min(readers.oldest(latest), histories.oldest(latest)));
        account.settle(map.bytes());
        long growth = account.fits(most) ? 0 : growth(request);
        if (growth > 0 && !account.fits(growth)) {
            throw new LimitExceededException(ErrorCode.MEMORY_EXHAUSTED, "store '" + arguments.store()
                    + "': the commit needs " + growth + " bytes more, "
                    + account.takenBytes() + " are taken and the limit is "
                    + account.limitBytes() + "; delete entries, close old snapshots and cursors, or raise "
                    + MemoryKVSettings.MEMORY_LIMIT.path() + " or the memory budget",
                    Map.of("store", arguments.store(), "needed", growth, "taken", account.takenBytes(), "limit",
                            account.limitBytes()));
        }
    }

    /** By how much the store grows when what is replaced goes at once, as it does when nobody else reads. */
    private long growth(CommitRequest request) {
        boolean othersRead = readers.count() > (request.transactionId() == 0 ? 0 : 1);
        long growth = 0;
        for (PendingWrite write : request.writes()) {
            KeyVersions versions = map.find(write.key());
            EntryVersion newest = versions == null ? null : versions.newest();
            growth += EntryVersion.bytes(write.value().length);
            if (newest == null) {
                growth += KeyVersions.bytes(write.key().length);
            } else if (!othersRead) {
                growth -= newest.bytes();
            }
        }
        return growth;
    }

    private void dropAllExpired() {
        long now = clock.millis();
        boolean more = true;
        while (more) {
            more = retention.dropExpired(readers.oldest(latest), now, EXPIRED_PER_SWEEP);
        }
    }

    /** Drops what has expired, in portions between which commits can go on. */
    void sweep() {
        boolean more = true;
        while (more && !closed) {
            lock.lock();
            try {
                more = retention.dropExpired(readers.oldest(latest), clock.millis(), EXPIRED_PER_SWEEP);
                collect();
            } finally {
                unlock();
            }
        }
    }

    /** Lets a running commit finish and refuses further ones. */
    void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            unlock();
        }
    }

    /** Gives the memory back to the shared budget; for the closed store, when nothing hangs on it any more. */
    void releaseMemory() {
        lock.lock();
        try {
            account.settle(0);
        } finally {
            lock.unlock();
        }
    }
}
