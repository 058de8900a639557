// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.kv;

import io.sett.api.kv.Isolation;
import io.sett.api.kv.KVReader;
import io.sett.api.kv.Transaction;
import io.sett.api.kv.TransactionOptions;
import io.sett.spi.Deadline;
import io.sett.spi.HandleTracker;
import io.sett.spi.Scheduler;
import io.sett.spi.kv.ActiveVersions;
import io.sett.spi.kv.BufferedTransaction;
import io.sett.spi.kv.CommitRequest;
import io.sett.spi.kv.KVArguments;
import io.sett.spi.kv.Ticks;
import io.sett.spi.kv.TransactionEnvironment;
import io.sett.spi.kv.TransactionOutcome;
import io.sett.spi.kv.TransactionStart;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The open transactions and what each holds: a version to read at, and its place among the active versions. */
final class KvTransactions implements TransactionEnvironment {

    private static final Duration LOOK = Duration.ofSeconds(1);

    /** What a transaction holds until it ends. */
    private record Held(@Nullable ViewReader reader, long activeVersion) {
    }

    private final Clock clock;
    private final LongSupplier ticks;
    private final Scheduler scheduler;
    private final AtomicBoolean watched = new AtomicBoolean();
    private final Visible visible;
    private final ActiveVersions active = new ActiveVersions();
    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, Held> held = new ConcurrentHashMap<>();
    private final Map<Long, BufferedTransaction> open = new ConcurrentHashMap<>();
    private @Nullable KvParts parts;
    private @Nullable Committer committer;

    KvTransactions(Clock clock, Scheduler scheduler, Visible visible) {
        this.clock = clock;
        this.scheduler = scheduler;
        this.ticks = Ticks.of(clock);
        this.visible = visible;
    }

    /** The parts that in their turn need this one. Called once, before everything else. */
    void connect(KvParts itsParts, Committer itsCommitter) {
        parts = itsParts;
        committer = itsCommitter;
    }

    private KvParts parts() {
        KvParts known = parts;
        if (known == null) {
            throw new IllegalStateException("not connected");
        }
        return known;
    }

    private Committer committer() {
        Committer known = committer;
        if (known == null) {
            throw new IllegalStateException("not connected");
        }
        return known;
    }

    ActiveVersions active() {
        return active;
    }

    Transaction begin(TransactionOptions options) {
        checkOpen();
        arguments().checkTransaction(options);
        long id = ids.incrementAndGet();
        Duration timeout = options.timeout().orElse(parts().database().options().txTimeout());
        long activeVersion = active.acquire(visible::version);
        ViewReader reader = null;
        boolean begun = false;
        try {
            boolean follows = options.isolation() == Isolation.READ_COMMITTED;
            if (!follows) {
                reader = new ViewReader(parts(),
                        parts().views().acquire(Deadline.after(timeout), "transaction " + id));
            }
            KVReader committed = reader == null ? new LatestReader(parts(), false) : reader;
            long readVersion = reader == null ? activeVersion : reader.view().version();
            held.put(id, new Held(reader, activeVersion));
            BufferedTransaction transaction = new BufferedTransaction(this,
                    new TransactionStart(id, readVersion, committed, options, timeout));
            open.put(id, transaction);
            if (!transaction.isActive()) {
                open.remove(id);
            }
            begun = true;
            watch();
            return transaction;
        } finally {
            if (!begun) {
                active.release(activeVersion);
                if (reader != null) {
                    parts().views().release(reader.view());
                }
            }
        }
    }

    /** Looks after open transactions every second, as long as there are any. */
    private void watch() {
        if (watched.compareAndSet(false, true)) {
            scheduler.after(LOOK, () -> {
                watched.set(false);
                expireOverdue();
                if (!open.isEmpty()) {
                    watch();
                }
            });
        }
    }

    /** Ends the transactions that are open for longer than they may be. */
    void expireOverdue() {
        open.values().forEach(BufferedTransaction::expireIfOverdue);
    }

    @Override
    public KVArguments arguments() {
        return parts().arguments();
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public long nanoTime() {
        return ticks.getAsLong();
    }

    @Override
    public HandleTracker handles() {
        return parts().handles();
    }

    @Override
    public void checkOpen() {
        parts().database().checkOpen();
    }

    @Override
    public long latestVersion() {
        return visible.version();
    }

    @Override
    public Deadline deadline(Optional<Duration> timeout) {
        return parts().database().deadline(timeout);
    }

    @Override
    public long commit(CommitRequest request) {
        releaseEarly(request.transactionId());
        return committer().commit(request);
    }

    @Override
    public CompletionStage<Long> commitAsync(CommitRequest request) {
        releaseEarly(request.transactionId());
        return committer().commitAsync(request);
    }

    /** A committing transaction reads nothing more; a version still held would keep the log from beginning anew. */
    private void releaseEarly(long id) {
        Held what = held.get(id);
        if (what != null && what.reader != null && !what.reader.hasCursors()) {
            held.put(id, new Held(null, what.activeVersion));
            parts().views().release(what.reader.view());
        }
    }

    @Override
    public void ended(BufferedTransaction transaction, TransactionOutcome outcome) {
        open.remove(transaction.id());
        Held what = held.remove(transaction.id());
        if (what != null) {
            active.release(what.activeVersion);
            if (what.reader != null) {
                parts().views().release(what.reader.view());
            }
        }
    }
}
