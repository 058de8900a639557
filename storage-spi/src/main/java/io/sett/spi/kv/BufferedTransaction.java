// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.kv;

import io.sett.api.common.Capability;
import io.sett.api.common.KeyRange;
import io.sett.api.common.Limits;
import io.sett.api.common.Slice;
import io.sett.api.common.SliceScope;
import io.sett.api.error.ClosedException;
import io.sett.api.error.DeadlineExceededException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.error.StorageException;
import io.sett.api.error.TransactionConflictException;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.CursorOptions;
import io.sett.api.kv.Isolation;
import io.sett.api.kv.PutOptions;
import io.sett.api.kv.ReadOptions;
import io.sett.api.kv.Transaction;
import io.sett.api.kv.TransactionMode;
import io.sett.api.kv.TransactionOptions;
import io.sett.api.kv.TransactionSize;
import io.sett.api.kv.WriteOptions;
import io.sett.spi.Deadline;
import io.sett.spi.HandleTracker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A transaction that keeps its writes in memory until commit and reads a version of the store through them.
 *
 * <p>Threads: one at a time. A second thread that calls in at the same moment gets an error instead of doing damage.
 * {@link #expireIfOverdue} and {@link #storeClosed} may be called by any thread; they take effect between calls.
 *
 * <p>Cost: beyond that of the engine about 30 ns for a call, plus a copy of what is written and, at SERIALIZABLE, a
 * hash and 32 bytes for each key read.
 */
public final class BufferedTransaction implements Transaction {

    private final TransactionEnvironment environment;
    private final TransactionStart start;
    private final boolean remembersReads;
    private final boolean locks;
    private final boolean timed;
    private final long beganNanos;
    private final long endNanos;
    private final HandleTracker.Handle handle;
    private final UseGate gate = new UseGate();
    private final WriteSet writes;
    private final ReadSet reads = new ReadSet();
    private @Nullable List<TransactionCursor> cursors;

    /**
     * Begins a transaction. The engine has checked the options by {@link KVArguments#checkTransaction} and keeps the
     * read version until {@link TransactionEnvironment#ended}.
     */
    public BufferedTransaction(TransactionEnvironment environment, TransactionStart start) {
        this.environment = environment;
        this.start = start;
        TransactionOptions options = start.options();
        this.remembersReads = !options.readOnly() && options.isolation() == Isolation.SERIALIZABLE;
        this.locks = options.mode() == TransactionMode.PESSIMISTIC && !options.readOnly();
        Duration timeout = start.timeout();
        this.timed = timeout != null;
        this.beganNanos = environment.nanoTime();
        this.endNanos = timeout == null ? 0 : beganNanos + nanos(timeout);
        this.writes = new WriteSet(environment);
        this.handle = environment.handles().open("transaction " + start.id(), this::storeClosed);
    }

    private static long nanos(Duration timeout) {
        try {
            return Math.min(timeout.toNanos(), Long.MAX_VALUE / 2);
        } catch (ArithmeticException centuries) {
            return Long.MAX_VALUE / 2;
        }
    }

    // --- gate ---

    /** Begins a call or refuses it. */
    void enter() {
        if (!gate.tryEnter()) {
            throw refused();
        }
        if (timed && isOverdue()) {
            finish(TransactionOutcome.TIMED_OUT);
            throw refused();
        }
    }

    /** Begins a call if that is possible now. */
    boolean tryEnter() {
        return gate.tryEnter();
    }

    /** Ends a call. */
    void leave() {
        TransactionOutcome asked = gate.leave();
        if (asked != null) {
            cleanUp();
            release(asked);
        }
    }

    private boolean isOverdue() {
        return environment.nanoTime() - endNanos >= 0;
    }

    private StorageException refused() {
        TransactionOutcome outcome = gate.outcome();
        String who = "store '" + environment.arguments().store() + "': transaction " + id()
                + (start.options().tag().isEmpty() ? "" : " (" + start.options().tag() + ")") + " ";
        Map<String, Object> details = Map.of("store", environment.arguments().store(), "transaction", id());
        if (outcome == null) {
            return new InvalidOperationException(ErrorCode.INVALID_ARGUMENT, who + "was called while another call of "
                    + "it runs, by a second thread or from a function given to read; use a transaction from one thread "
                    + "at a time", details);
        }
        return switch (outcome) {
            case TIMED_OUT -> new DeadlineExceededException(ErrorCode.TXN_TIMEOUT, who + "was open for longer than its "
                    + "timeout of " + start.timeout() + " and was rolled back; repeat it, make it shorter or give it a "
                    + "longer timeout", details);
            case STORE_CLOSED -> new ClosedException(ErrorCode.STORE_CLOSED, who + outcome.words(), details);
            default -> new ClosedException(ErrorCode.TXN_DISCARDED, who + outcome.words()
                    + " and cannot be used any more; begin another one", details);
        };
    }

    // --- state ---

    @Override
    public long id() {
        return start.id();
    }

    @Override
    public long readVersion() {
        return start.options().isolation() == Isolation.READ_COMMITTED ? environment.latestVersion()
                : start.readVersion();
    }

    /** The version it began at, which its engine keeps readable; unlike {@link #readVersion()} it never moves. */
    public long startVersion() {
        return start.readVersion();
    }

    @Override
    public TransactionOptions options() {
        return start.options();
    }

    @Override
    public boolean isActive() {
        return !gate.isEnded();
    }

    /** For how long it has been open. */
    public Duration age() {
        return Duration.ofNanos(environment.nanoTime() - beganNanos);
    }

    @Override
    public TransactionSize size() {
        Limits limits = environment.arguments().limits();
        return new TransactionSize(writes.byteSize(), writes.operations(), limits.maxTransactionBytes(),
                limits.maxTransactionOperations());
    }

    // --- reading ---

    @Override
    public Optional<byte[]> get(byte[] key, ReadOptions options) {
        environment.arguments().checkKey(key);
        environment.arguments().checkRead(options);
        enter();
        try {
            PendingWrite own = writes.find(key);
            if (own != null) {
                return own.hasValue(environment.clock()) ? Optional.of(own.value().clone()) : Optional.empty();
            }
            if (writes.isInDeletedRange(key)) {
                return Optional.empty();
            }
            remember(key);
            return start.committed().get(key, options);
        } finally {
            leave();
        }
    }

    @Override
    public boolean has(byte[] key, ReadOptions options) {
        environment.arguments().checkKey(key);
        environment.arguments().checkRead(options);
        enter();
        try {
            PendingWrite own = writes.find(key);
            if (own != null) {
                return own.hasValue(environment.clock());
            }
            if (writes.isInDeletedRange(key)) {
                return false;
            }
            remember(key);
            return start.committed().has(key, options);
        } finally {
            leave();
        }
    }

    @Override
    public <T> Optional<T> read(byte[] key, Function<? super Slice, ? extends T> reader, ReadOptions options) {
        environment.arguments().checkKey(key);
        environment.arguments().checkRead(options);
        enter();
        try {
            PendingWrite own = writes.find(key);
            if (own != null) {
                return own.hasValue(environment.clock()) ? readOwn(own, reader) : Optional.empty();
            }
            if (writes.isInDeletedRange(key)) {
                return Optional.empty();
            }
            remember(key);
            return start.committed().read(key, reader, options);
        } finally {
            leave();
        }
    }

    private <T> Optional<T> readOwn(PendingWrite own, Function<? super Slice, ? extends T> reader) {
        SliceScope scope = new SliceScope("a call of read");
        try {
            return environment.arguments().result(reader.apply(scope.slice(own.value(), 0, own.value().length)));
        } finally {
            scope.end();
        }
    }

    private void remember(byte[] key) {
        if (remembersReads) {
            reads.addKey(key, start.readVersion());
        }
    }

    @Override
    public Optional<byte[]> getForUpdate(byte[] key) {
        environment.arguments().checkKey(key);
        checkWritable();
        enter();
        try {
            lock(key);
            reads.addForUpdate(key, readVersion());
            PendingWrite own = writes.find(key);
            if (own != null) {
                return own.hasValue(environment.clock()) ? Optional.of(own.value().clone()) : Optional.empty();
            }
            return writes.isInDeletedRange(key) ? Optional.empty()
                    : start.committed().get(key, ReadOptions.defaults());
        } finally {
            leave();
        }
    }

    @Override
    public Cursor cursor(CursorOptions options) {
        environment.arguments().checkCursor(options);
        enter();
        try {
            Cursor committed = start.committed().cursor(options);
            OverlayCursor overlay = new OverlayCursor(committed, writes.freeze(), options, environment.clock(),
                    remembersReads ? reads : null);
            TransactionCursor cursor = new TransactionCursor(this, overlay);
            if (cursors == null) {
                cursors = new ArrayList<>(2);
            }
            cursors.add(cursor);
            return cursor;
        } finally {
            leave();
        }
    }

    /** A cursor was closed by the caller; inside the gate. */
    void forget(TransactionCursor cursor) {
        if (cursors != null) {
            cursors.remove(cursor);
        }
    }

    // --- writing ---

    @Override
    public void put(byte[] key, byte[] value, PutOptions options) {
        KVArguments arguments = environment.arguments();
        arguments.checkEntry(key, value);
        arguments.checkPut(options);
        checkWritable();
        enter();
        try {
            lock(key);
            writes.put(key, value, arguments.expiryMillis(options, environment.clock()), options.metadata());
        } finally {
            leave();
        }
    }

    @Override
    public void delete(byte[] key) {
        environment.arguments().checkWrittenKey(key);
        checkWritable();
        enter();
        try {
            lock(key);
            writes.delete(key);
        } finally {
            leave();
        }
    }

    @Override
    public void deleteRange(KeyRange range) {
        environment.arguments().require(Capability.RANGE_DELETE, "delete a range in one step");
        checkWritable();
        enter();
        try {
            if (locks) {
                throw new InvalidOperationException(ErrorCode.INVALID_ARGUMENT, "store '"
                        + environment.arguments().store() + "': transaction " + id() + " locks keys and cannot lock a "
                        + "range; delete the range in an optimistic transaction, in a batch or by itself",
                        Map.of("store", environment.arguments().store(), "transaction", id()));
            }
            writes.deleteRange(range);
        } finally {
            leave();
        }
    }

    private void checkWritable() {
        if (start.options().readOnly()) {
            if (gate.isEnded()) {
                throw refused();
            }
            throw new InvalidOperationException(ErrorCode.READ_ONLY_TXN, "store '" + environment.arguments().store()
                    + "': transaction " + id() + " was begun for reading only; begin one that writes",
                    Map.of("store", environment.arguments().store(), "transaction", id()));
        }
    }

    private void lock(byte[] key) {
        if (locks) {
            Deadline deadline = timed ? Deadline.after(Duration.ofNanos(Math.max(1, endNanos - environment.nanoTime())))
                    : Deadline.none();
            environment.lock(this, key, deadline);
        }
    }

    // --- ending ---

    @Override
    public long commit(WriteOptions options) {
        environment.arguments().checkWrite(options);
        enter();
        TransactionOutcome outcome = TransactionOutcome.FAILED;
        try {
            long version = asksNothing() ? readVersion() : environment.commit(request(options));
            outcome = TransactionOutcome.COMMITTED;
            return version;
        } catch (TransactionConflictException conflict) {
            outcome = TransactionOutcome.CONFLICTED;
            throw conflict;
        } finally {
            finish(outcome);
        }
    }

    private boolean asksNothing() {
        return writes.isEmpty() && !reads.hasForUpdate();
    }

    private CommitRequest request(WriteOptions options) {
        if (cursors != null) {
            cursors.forEach(TransactionCursor::recordScan);
        }
        return new CommitRequest(id(), writes, reads, start.readVersion(),
                start.options().isolation(), options.durability(), environment.deadline(options.timeout()),
                start.options().tag());
    }

    @Override
    public CompletionStage<Long> commitAsync(WriteOptions options) {
        environment.arguments().require(Capability.ASYNC_COMMIT, "commit without waiting");
        environment.arguments().checkWrite(options);
        CompletableFuture<Long> result = new CompletableFuture<>();
        try {
            enter();
        } catch (StorageException ended) {
            result.completeExceptionally(ended);
            return result;
        }
        CompletionStage<Long> stage;
        try {
            stage = asksNothing() ? CompletableFuture.completedStage(readVersion())
                    : environment.commitAsync(request(options));
        } catch (StorageException failure) {
            stage = CompletableFuture.failedStage(failure);
        }
        cleanUp();
        gate.endBusy(TransactionOutcome.COMMITTED);
        stage.whenComplete((version, failure) -> {
            release(outcome(failure));
            if (failure == null) {
                result.complete(version);
            } else {
                result.completeExceptionally(unwrapped(failure));
            }
        });
        return result;
    }

    private static TransactionOutcome outcome(@Nullable Throwable failure) {
        if (failure == null) {
            return TransactionOutcome.COMMITTED;
        }
        return unwrapped(failure) instanceof TransactionConflictException ? TransactionOutcome.CONFLICTED
                : TransactionOutcome.FAILED;
    }

    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    @Override
    public void rollback() {
        end(TransactionOutcome.ROLLED_BACK);
    }

    @Override
    public void close() {
        end(TransactionOutcome.ROLLED_BACK);
    }

    /** For the engine that closes its store: ends it now, or when the call that is running leaves. */
    public void storeClosed() {
        end(TransactionOutcome.STORE_CLOSED);
    }

    /**
     * For a watchdog: ends it when it is over its timeout, now or when the call that is running leaves.
     *
     * @return whether it was over its timeout
     */
    public boolean expireIfOverdue() {
        if (!timed || gate.isEnded() || !isOverdue()) {
            return false;
        }
        end(TransactionOutcome.TIMED_OUT);
        return true;
    }

    private void end(TransactionOutcome outcome) {
        if (gate.askToEnd(outcome)) {
            cleanUp();
            release(outcome);
        }
    }

    /** Ends it from within a call. */
    private void finish(TransactionOutcome outcome) {
        cleanUp();
        gate.endBusy(outcome);
        release(outcome);
    }

    private void cleanUp() {
        if (cursors != null) {
            cursors.forEach(TransactionCursor::closeNow);
            cursors = null;
        }
        writes.close();
    }

    private void release(TransactionOutcome outcome) {
        if (handle != null) { // null when the store is closed while the constructor runs; its tracker drops the handle
            handle.close();
        }
        environment.ended(this, outcome);
    }
}
