// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.txn;

import io.sett.api.common.Capability;
import io.sett.api.kv.KVReader;
import io.sett.api.kv.Transaction;
import io.sett.api.kv.TransactionOptions;
import io.sett.spi.kv.BufferedTransaction;
import io.sett.spi.kv.TransactionEnvironment;
import io.sett.spi.kv.TransactionOutcome;
import io.sett.spi.kv.TransactionStart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * The open transactions of a store: begins them, ends those that are over their timeout, counts how they end.
 *
 * <p>Threads: any. No transaction has a thread or timer of its own; the owner calls {@link #expire} now and then.
 */
public final class Transactions {

    /** Makes the reader of one version. */
    @FunctionalInterface
    public interface Readers {

        /** What transactions at this version read; -1 for whatever is newest at each call. */
        KVReader at(long version);
    }

    /**
     * One open transaction.
     *
     * @param id its number
     * @param tag the caller's word, may be empty
     * @param readVersion the version at which it began
     * @param age for how long it has been open
     * @param readOnly whether it only reads
     */
    public record Active(long id, String tag, long readVersion, Duration age, boolean readOnly) {
    }

    private final Oracle oracle;
    private final Readers readers;
    private final Duration timeout;
    private final boolean tracked;
    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, BufferedTransaction> open = new ConcurrentHashMap<>();
    private final Set<Long> named = ConcurrentHashMap.newKeySet();
    private final LongAdder committed = new LongAdder();
    private final LongAdder conflicted = new LongAdder();
    private final LongAdder timedOut = new LongAdder();
    private final LongAdder rolledBack = new LongAdder();

    /**
     * No transactions yet.
     *
     * @param timeout of transactions that bring none
     * @param tracked whether transactions without a timeout of their own get that one
     */
    public Transactions(Oracle oracle, Readers readers, Duration timeout, boolean tracked) {
        this.oracle = oracle;
        this.readers = readers;
        this.timeout = timeout;
        this.tracked = tracked;
    }

    /** Begins one. */
    public Transaction begin(TransactionEnvironment environment, TransactionOptions options) {
        environment.arguments().checkTransaction(options);
        long version = options.readOnly() ? oracle.beginReading() : oracle.beginWriting();
        try {
            boolean moving = options.isolation() == io.sett.api.kv.Isolation.READ_COMMITTED;
            TransactionStart start = new TransactionStart(ids.incrementAndGet(), version,
                    readers.at(moving ? -1 : version), options, options.timeout().orElse(tracked ? timeout : null));
            BufferedTransaction transaction = new BufferedTransaction(environment, start);
            open.put(transaction.id(), transaction);
            return transaction;
        } catch (RuntimeException | Error e) {
            endAt(version, options.readOnly());
            throw e;
        }
    }

    private void endAt(long version, boolean readOnly) {
        if (readOnly) {
            oracle.endReading(version);
        } else {
            oracle.endWriting(version);
        }
    }

    /** For {@link TransactionEnvironment#ended}. */
    public void ended(BufferedTransaction transaction, TransactionOutcome outcome) {
        open.remove(transaction.id());
        endAt(transaction.startVersion(), transaction.options().readOnly());
        switch (outcome) {
            case COMMITTED -> committed.increment();
            case CONFLICTED -> conflicted.increment();
            case TIMED_OUT -> timedOut.increment();
            default -> rolledBack.increment();
        }
    }

    /** Ends what is over its timeout; returns how many those were. */
    public int expire() {
        int expired = 0;
        for (BufferedTransaction transaction : open.values()) {
            if (transaction.expireIfOverdue()) {
                expired++;
            }
        }
        return expired;
    }

    /** Open transactions that have become older than that since the last call, oldest first: each is named once. */
    public List<Active> newlyOlderThan(Duration age) {
        List<Active> found = new ArrayList<>();
        for (Active active : active()) {
            if (active.age().compareTo(age) > 0 && named.add(active.id()) && open.containsKey(active.id())) {
                found.add(active);
            }
        }
        named.retainAll(open.keySet());
        return found;
    }

    /** Open transactions, oldest first. */
    public List<Active> active() {
        List<Active> list = new ArrayList<>();
        for (BufferedTransaction transaction : open.values()) {
            list.add(new Active(transaction.id(), transaction.options().tag(), transaction.startVersion(),
                    transaction.age(), transaction.options().readOnly()));
        }
        list.sort(Comparator.comparingLong(Active::id));
        return list;
    }

    /** Whether any is open. */
    public boolean hasOpen() {
        return !open.isEmpty();
    }

    /** Number of transactions that committed. */
    public long committed() {
        return committed.sum();
    }

    /** Number of transactions that lost a conflict. */
    public long conflicted() {
        return conflicted.sum();
    }

    /** Number of transactions that were open too long. */
    public long timedOut() {
        return timedOut.sum();
    }

    /** Number of transactions that were given up. */
    public long rolledBack() {
        return rolledBack.sum();
    }

    /** What a store with these transactions can do. */
    public static List<Capability> capabilities() {
        return List.of(Capability.SERIALIZABLE, Capability.ASYNC_COMMIT, Capability.SNAPSHOTS);
    }
}
