// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.kv;

import io.sett.api.kv.KVReader;
import io.sett.api.kv.TransactionOptions;
import io.sett.spi.HandleTracker;
import io.sett.spi.Scheduler;
import io.sett.spi.kv.BufferedTransaction;
import io.sett.spi.kv.CommitRequest;
import io.sett.spi.kv.KVArguments;
import io.sett.spi.kv.Ticks;
import io.sett.spi.kv.TransactionEnvironment;
import io.sett.spi.kv.TransactionOutcome;
import io.sett.spi.kv.TransactionStart;
import io.sett.spi.log.Loggers;
import io.sett.spi.settings.EngineSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/** Begins transactions, ends those that are overdue, and counts how they ended. Safe for many threads. */
final class MemoryTransactions implements TransactionEnvironment {

    private static final Logger LOG = Loggers.of(MemoryTransactions.class);
    private static final Duration LONGEST_TIMEOUT = Duration.ofDays(36_500);

    private final KVArguments arguments;
    private final Clock clock;
    private final LongSupplier ticks;
    private final HandleTracker handles;
    private final Committer committer;
    private final LongFunction<KVReader> readers;
    private final Duration timeout;
    private final Duration warnAge;
    private final AtomicLong ids = new AtomicLong();
    private final Housekeeping housekeeping;
    private final Map<BufferedTransaction, Boolean> open = new ConcurrentHashMap<>();
    private final Map<TransactionOutcome, LongAdder> endings = new ConcurrentHashMap<>();

    /**
     * The transactions of a store.
     *
     * @param readers makes the reader of a version, or of {@link VersionReader#NEWEST}
     * @param settings timeout, age of warnings, pace of housekeeping
     */
    MemoryTransactions(KVArguments arguments, Clock clock, HandleTracker handles, Committer committer,
            LongFunction<KVReader> readers, EngineSettings settings, Scheduler scheduler) {
        this.arguments = arguments;
        this.clock = clock;
        this.ticks = Ticks.of(clock);
        this.handles = handles;
        this.committer = committer;
        this.readers = readers;
        this.timeout = settings.get(MemoryKVSettings.TRANSACTION_TIMEOUT);
        this.warnAge = settings.get(MemoryKVSettings.WARN_AGE);
        this.housekeeping = new Housekeeping(scheduler, clock, settings.get(MemoryKVSettings.SWEEP_INTERVAL),
                this::keepHouse, this::nextDueMillis);
        for (TransactionOutcome outcome : TransactionOutcome.values()) {
            endings.put(outcome, new LongAdder());
        }
    }

    BufferedTransaction begin(TransactionOptions options) {
        committer.checkOpen();
        arguments.checkTransaction(options);
        long version = options.readOnly() ? committer.beginReading() : committer.beginWriting();
        try {
            return begin(options, version);
        } catch (RuntimeException | Error failure) {
            release(options, version);
            throw failure;
        }
    }

    private BufferedTransaction begin(TransactionOptions options, long version) {
        KVReader reader = readers.apply(switch (options.isolation()) {
            case READ_COMMITTED -> VersionReader.NEWEST;
            case SNAPSHOT, SERIALIZABLE -> version;
        });
        BufferedTransaction transaction = new BufferedTransaction(this, new TransactionStart(ids.incrementAndGet(),
                version, reader, options, timeoutOf(options)));
        open.put(transaction, false);
        housekeeping.dueAt(clock.millis() + Math.min(warnAge.toMillis(), timeoutOf(options).toMillis()));
        if (committer.isClosed()) {
            transaction.storeClosed();
        }
        return transaction;
    }

    private void release(TransactionOptions options, long version) {
        if (options.readOnly()) {
            committer.endReading(version);
        } else {
            committer.endWriting(version);
        }
    }

    private Duration timeoutOf(TransactionOptions options) {
        Duration wanted = options.timeout().orElse(timeout);
        return wanted.compareTo(LONGEST_TIMEOUT) < 0 ? wanted : LONGEST_TIMEOUT;
    }

    private void keepHouse() {
        watch();
        if (committer.nextExpiryMillis() <= clock.millis()) {
            committer.sweep();
        }
    }

    private long nextDueMillis() {
        return open.isEmpty() ? committer.nextExpiryMillis() : clock.millis();
    }

    /** Schedules nothing any more; for the closing store. */
    void stopHousekeeping() {
        housekeeping.close();
    }

    /** Rolls back what is overdue and logs, once each, what has been open for long. */
    private void watch() {
        open.forEach((transaction, warned) -> {
            boolean expired = transaction.expireIfOverdue();
            if (!expired && !warned && transaction.age().compareTo(warnAge) >= 0
                    && open.replace(transaction, false, true)) {
                LOG.warn("store '{}': transaction {} {} has been open for {} and keeps version {} alive; it reads and "
                        + "writes more than it should, or was forgotten", arguments.store(), transaction.id(),
                        transaction.options().tag(), transaction.age(), transaction.startVersion());
            }
        });
    }

    int openCount() {
        return open.size();
    }

    long ended(TransactionOutcome outcome) {
        LongAdder count = endings.get(outcome);
        return count == null ? 0 : count.sum();
    }

    @Override
    public KVArguments arguments() {
        return arguments;
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
        return handles;
    }

    @Override
    public void checkOpen() {
        committer.checkOpen();
    }

    @Override
    public long latestVersion() {
        return committer.latest();
    }

    @Override
    public long commit(CommitRequest request) {
        long version = committer.commit(request);
        housekeeping.dueAt(committer.nextExpiryMillis());
        return version;
    }

    /** A commit waits for nothing but other commits in memory, so it is done by the calling thread. */
    @Override
    public CompletionStage<Long> commitAsync(CommitRequest request) {
        try {
            return CompletableFuture.completedStage(commit(request));
        } catch (RuntimeException failure) {
            return CompletableFuture.failedStage(failure);
        }
    }

    @Override
    public void ended(BufferedTransaction transaction, TransactionOutcome outcome) {
        open.remove(transaction);
        release(transaction.options(), transaction.startVersion());
        LongAdder count = endings.get(outcome);
        if (count != null) {
            count.increment();
        }
    }
}
