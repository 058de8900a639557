// SPDX-License-Identifier: Apache-2.0
package io.sett.api.kv;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/**
 * Reads of one moment and writes that become visible together at commit. It sees its own writes.
 *
 * <p>A conflict ({@link io.sett.api.error.TransactionConflictException}) may surface at any call; nothing of the
 * transaction is visible then, and the whole of it may be repeated: {@link Transactional#update} does so. Any failure
 * of a call other than a refused argument leaves the transaction rolled back or to be rolled back. After commit or
 * rollback every call but {@code rollback} and {@code close} throws {@link io.sett.api.error.ClosedException}
 * (TXN_DISCARDED); after its timeout {@link io.sett.api.error.DeadlineExceededException} (TXN_TIMEOUT).
 *
 * <p>Threads: one at a time. Leaving it open keeps old data alive: use try-with-resources, closing rolls back.
 */
public interface Transaction extends KVReader, KVWriter, AutoCloseable {

    /**
     * The same transaction for the keys of another keyspace, which is made when there is none of that name (needs
     * KEYSPACES). Whatever is read and written through it is part of this transaction; its commit, rollback and close
     * are those of the whole.
     */
    default Transaction in(String keyspace) {
        throw Lacking.keyspaces("the store of this transaction");
    }

    /** A number that is unique in the store while it is open. */
    long id();

    /** The newest version it sees; of READ_COMMITTED the newest at this moment. */
    long readVersion();

    /** The options it was begun with. */
    TransactionOptions options();

    /** Whether it can still be used. */
    boolean isActive();

    /** How large it has grown. */
    TransactionSize size();

    /**
     * Makes all writes visible at once.
     *
     * @return the version of the commit; the read version when there was nothing to write
     * @throws io.sett.api.error.TransactionConflictException when somebody else was first
     * @throws io.sett.api.error.DeadlineExceededException when time ran out; see {@code outcomeUnknown}
     */
    long commit(WriteOptions options);

    /** {@link #commit(WriteOptions)} with default options. */
    default long commit() {
        return commit(WriteOptions.defaults());
    }

    /**
     * Like {@link #commit(WriteOptions)} without waiting (needs ASYNC_COMMIT). The transaction is over at once; the
     * stage ends with the version, or with the exception that {@code commit} would throw.
     */
    CompletionStage<Long> commitAsync(WriteOptions options);

    /**
     * Reads a key and makes sure at commit that nobody changed it meanwhile, at every isolation level; in PESSIMISTIC
     * mode it locks the key now.
     */
    Optional<byte[]> getForUpdate(byte[] key);

    /**
     * Replaces the value of a key by what the function makes of it.
     *
     * @param merge gets the current value or empty, returns the new one or empty to delete the key
     */
    default void compute(byte[] key, UnaryOperator<Optional<byte[]>> merge) {
        merge.apply(getForUpdate(key)).ifPresentOrElse(value -> put(key, value), () -> delete(key));
    }

    /** Forgets all writes. Never throws, idempotent, does nothing after a commit. */
    void rollback();

    /** The same as {@link #rollback()}, and closes its cursors. */
    @Override
    void close();
}
