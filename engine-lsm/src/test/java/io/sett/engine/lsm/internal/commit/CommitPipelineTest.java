// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sett.api.common.Durability;
import io.sett.api.common.Limits;
import io.sett.api.error.CancelledException;
import io.sett.api.error.DeadlineExceededException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.StorageException;
import io.sett.api.error.StorageUnavailableException;
import io.sett.api.error.TransactionConflictException;
import io.sett.engine.lsm.internal.wal.LogBatch;
import io.sett.spi.Deadline;
import io.sett.spi.kv.CommitRequest;
import io.sett.spi.kv.KVArguments;
import io.sett.spi.kv.WriteSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Order, groups, refusals, failures and giving up. */
@Timeout(60)
class CommitPipelineTest {

    private static final KVArguments ARGUMENTS = new KVArguments("test", "badger", Limits.NONE, Set.of());

    private final ExecutorService executor = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    /** Records what happens; the log can be held up and made to fail. */
    private static final class Recorder implements CommitStages {

        private final List<Long> inserted = new ArrayList<>();
        private final AtomicInteger forces = new AtomicInteger();
        private volatile long visible;
        private volatile CountDownLatch hold = new CountDownLatch(0);
        private final CountDownLatch reached = new CountDownLatch(1);
        private volatile StorageException logFailure;
        private volatile StorageException noRoom;
        private volatile boolean refuseOdd;

        @Override
        public void makeRoom(PendingCommit first) {
            if (noRoom != null) {
                throw noRoom;
            }
        }

        @Override
        public StorageException admit(PendingCommit commit, long version) {
            return refuseOdd && commit.batch().count() % 2 == 1
                    ? new TransactionConflictException(ErrorCode.TXN_CONFLICT, "odd") : null;
        }

        @Override
        public void log(List<PendingCommit> group, long firstVersion, boolean force) {
            reached.countDown();
            boolean interrupted = false;
            while (true) {
                try {
                    hold.await();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            if (logFailure != null) {
                throw logFailure;
            }
            if (force) {
                forces.incrementAndGet();
            }
        }

        @Override
        public void insert(PendingCommit commit, long version) {
            inserted.add(version);
        }

        @Override
        public void publish(long version) {
            visible = version;
        }

        @Override
        public long lastVersion() {
            return visible;
        }
    }

    private static CommitRequest request(Deadline deadline) {
        WriteSet writes = new WriteSet(ARGUMENTS);
        writes.put(new byte[] {1}, new byte[] {2}, 0, (byte) 0);
        return CommitRequest.blind(writes, Durability.DEFAULT, deadline);
    }

    private static LogBatch batch(int operations) {
        LogBatch batch = new LogBatch(16);
        for (int i = 0; i < operations; i++) {
            batch.add(0, new byte[] {(byte) i, 1}, new byte[0], 0, 0);
        }
        return batch;
    }

    private static PendingCommit waiting(int operations, boolean sync) {
        return PendingCommit.waiting(request(Deadline.none()), batch(operations), sync);
    }

    private CommitPipeline pipeline(Recorder recorder) {
        return new CommitPipeline("test", recorder, executor, 100, 1 << 20);
    }

    @Test
    void versionsFollowEachOtherAndEveryCommitIsInserted() throws Exception {
        Recorder recorder = new Recorder();
        CommitPipeline pipeline = pipeline(recorder);
        List<Future<List<Long>>> results = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            results.add(executor.submit(() -> {
                List<Long> versions = new ArrayList<>();
                for (int i = 0; i < 2000; i++) {
                    versions.add(pipeline.commit(waiting(1, true)));
                }
                return versions;
            }));
        }
        List<Long> all = new ArrayList<>();
        for (Future<List<Long>> result : results) {
            assertThat(result.get()).isSorted();
            all.addAll(result.get());
        }
        assertThat(all).hasSize(16_000).doesNotHaveDuplicates();
        assertThat(recorder.inserted).hasSize(16_000).isSorted();
        assertThat(recorder.visible).isEqualTo(16_000);
        assertThat(pipeline.queued()).isZero();
        assertThat(recorder.forces.get()).isEqualTo((int) pipeline.groups());
    }

    @Test
    void whatWaitsWhileOneIsForcedBecomesOneGroup() throws Exception {
        Recorder recorder = new Recorder();
        recorder.hold = new CountDownLatch(1);
        CommitPipeline pipeline = pipeline(recorder);
        Future<Long> first = executor.submit(() -> pipeline.commit(waiting(1, true)));
        recorder.reached.await();
        List<CompletableFuture<Long>> others = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            CompletableFuture<Long> future = new CompletableFuture<>();
            pipeline.submit(PendingCommit.completing(request(Deadline.none()), batch(1), true, future));
            others.add(future);
        }
        recorder.hold.countDown();
        first.get();
        for (CompletableFuture<Long> other : others) {
            other.get();
        }
        assertThat(recorder.forces.get()).isLessThanOrEqualTo(3);
        assertThat(pipeline.commits()).isEqualTo(65);
    }

    @Test
    void aGroupIsBoundedAndALargeCommitIsAGroupOfItsOwn() {
        CommitQueue queue = new CommitQueue(100, 1 << 20);
        for (int operations : new int[] {60, 40, 1, 500, 3, 4}) {
            queue.add(waiting(operations, false));
        }
        List<Integer> sizes = new ArrayList<>();
        for (List<PendingCommit> group = queue.takeGroup(); !group.isEmpty(); group = queue.takeGroup()) {
            sizes.add(group.size());
        }
        assertThat(sizes).containsExactly(2, 1, 1, 2);
    }

    @Test
    void refusedCommitsGetNoVersion() {
        Recorder recorder = new Recorder();
        recorder.refuseOdd = true;
        CommitPipeline pipeline = pipeline(recorder);
        assertThat(pipeline.commit(waiting(2, false))).isEqualTo(1);
        assertThatThrownBy(() -> pipeline.commit(waiting(1, false))).isInstanceOf(TransactionConflictException.class);
        assertThat(pipeline.commit(waiting(2, false))).isEqualTo(2);
    }

    @Test
    void aFailedLogFailsTheGroupAndNothingIsVisible() {
        Recorder recorder = new Recorder();
        CommitPipeline pipeline = pipeline(recorder);
        recorder.logFailure = new StorageUnavailableException(ErrorCode.STORAGE_UNAVAILABLE, "broken");
        assertThatThrownBy(() -> pipeline.commit(waiting(1, true))).isSameAs(recorder.logFailure);
        assertThat(recorder.visible).isZero();
        recorder.logFailure = null;
        assertThat(pipeline.commit(waiting(1, true))).isEqualTo(1);
    }

    @Test
    void withoutRoomOnlyTheOneWhoAskedFails() {
        Recorder recorder = new Recorder();
        CommitPipeline pipeline = pipeline(recorder);
        recorder.noRoom = new DeadlineExceededException(ErrorCode.DEADLINE_EXCEEDED, "stalled");
        assertThatThrownBy(() -> pipeline.commit(waiting(1, true))).isSameAs(recorder.noRoom);
        CompletableFuture<Long> future = new CompletableFuture<>();
        pipeline.submit(PendingCommit.completing(request(Deadline.none()), batch(1), true, future));
        assertThatThrownBy(future::get).isInstanceOf(ExecutionException.class).hasCause(recorder.noRoom);
        recorder.noRoom = null;
        assertThat(pipeline.commit(waiting(1, true))).isEqualTo(1);
    }

    @Test
    void aWaitingThreadGivesUpWhenItsTimeIsOverOrItIsInterrupted() throws Exception {
        Recorder recorder = new Recorder();
        recorder.hold = new CountDownLatch(1);
        CommitPipeline pipeline = pipeline(recorder);
        Future<Long> first = executor.submit(() -> pipeline.commit(waiting(1, true)));
        recorder.reached.await();
        Deadline soon = Deadline.after(Duration.ofMillis(20));
        assertThatThrownBy(() -> pipeline.commit(PendingCommit.waiting(request(soon), batch(1), false)))
                .isInstanceOf(DeadlineExceededException.class);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> pipeline.commit(waiting(1, false))).isInstanceOf(CancelledException.class);
        assertThat(Thread.interrupted()).isTrue();
        recorder.hold.countDown();
        assertThat(first.get()).isEqualTo(1);
        assertThat(recorder.inserted).containsExactly(1L);
    }

    @Test
    void nobodyIsForgottenWhenThreadsAreInterruptedAllTheTime() throws Exception {
        Recorder recorder = new Recorder();
        CommitPipeline pipeline = pipeline(recorder);
        AtomicInteger done = new AtomicInteger();
        List<Future<?>> results = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        CountDownLatch started = new CountDownLatch(4);
        for (int thread = 0; thread < 4; thread++) {
            results.add(executor.submit(() -> {
                synchronized (threads) {
                    threads.add(Thread.currentThread());
                }
                started.countDown();
                for (int i = 0; i < 3000; i++) {
                    try {
                        pipeline.commit(waiting(1, false));
                        done.incrementAndGet();
                    } catch (CancelledException e) {
                        Thread.interrupted();
                    }
                }
            }));
        }
        started.await();
        while (!results.stream().allMatch(Future::isDone)) {
            threads.forEach(Thread::interrupt);
            Thread.onSpinWait();
        }
        for (Future<?> result : results) {
            result.get();
        }
        assertThat(recorder.inserted).hasSize(done.get());
        assertThat(pipeline.commit(waiting(1, false))).isEqualTo(done.get() + 1);
    }
}
