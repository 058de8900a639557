// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.kv;

import io.sett.api.common.Capability;
import io.sett.spi.Deadline;
import io.sett.spi.HandleTracker;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * What transactions and batches need of their store. One for each store; safe for many threads.
 */
public interface TransactionEnvironment {

    /** Limits, capabilities and the name of the store. */
    KVArguments arguments();

    /** For times to live. */
    Clock clock();

    /** Nanoseconds for timeouts; usually made once by {@link Ticks#of}. */
    long nanoTime();

    /** Where open transactions are registered. */
    HandleTracker handles();

    /** Throws ClosedException when the store is closed. */
    void checkOpen();

    /** The version of the newest commit that is visible. */
    long latestVersion();

    /** When a call with this timeout must be over; engines with a timeout of their own apply it when none is given. */
    default Deadline deadline(Optional<Duration> timeout) {
        return Deadline.after(timeout);
    }

    /**
     * Checks for conflicts, writes, makes visible.
     *
     * @return the version of the commit, or the read version when {@link CommitRequest#writesNothing()}
     * @throws io.sett.api.error.TransactionConflictException made by {@link Conflict#toException}
     */
    long commit(CommitRequest request);

    /** The same without waiting; the stage ends with what {@link #commit} would return or throw. */
    default CompletionStage<Long> commitAsync(CommitRequest request) {
        throw arguments().unsupported(Capability.ASYNC_COMMIT, "commit without waiting");
    }

    /**
     * Locks a key for a transaction in PESSIMISTIC mode until it ends. Called before the key is read for update or
     * written; a key that the transaction holds already is no error.
     *
     * @throws io.sett.api.error.TransactionConflictException when it is the victim of a deadlock, or when the key was
     *     written after the version the transaction reads at
     */
    default void lock(BufferedTransaction transaction, byte[] key, Deadline deadline) {
        throw arguments().unsupported(Capability.PESSIMISTIC_TRANSACTIONS, "lock what a transaction touches");
    }

    /** Bytes of keys and values from which on the writes of a transaction or batch go to an {@link #overflow}. */
    default long spillBytes() {
        return Long.MAX_VALUE;
    }

    /** A new, empty overflow; asked for only when {@link #spillBytes} says that there are any. */
    default WriteOverflow overflow() {
        throw arguments().unsupported(Capability.BULK_LOAD, "keep the writes of a transaction in temporary files");
    }

    /**
     * The transaction is over and reads nothing any more: its read version and locks can go. Called once, by the thread
     * that ended it (maybe a watchdog). Must not throw.
     */
    void ended(BufferedTransaction transaction, TransactionOutcome outcome);
}
