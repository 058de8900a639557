// SPDX-License-Identifier: Apache-2.0
package io.sett.api.kv;

import io.sett.api.common.RetryPolicy;
import java.util.function.Consumer;
import java.util.function.Function;

/** Begins transactions and snapshots, and runs functions in them. */
public interface Transactional {

    /** A new transaction, to be closed. */
    Transaction transaction(TransactionOptions options);

    /** A new serializable transaction, to be closed. */
    default Transaction transaction(boolean readOnly) {
        return transaction(readOnly ? TransactionOptions.forReading() : TransactionOptions.defaults());
    }

    /** This moment, to be closed (needs SNAPSHOTS). */
    Snapshot snapshot();

    /** Runs a function that only reads, all of one moment. */
    default <T> T view(Function<? super Transaction, ? extends T> body) {
        try (Transaction transaction = transaction(TransactionOptions.forReading())) {
            return body.apply(transaction);
        }
    }

    /**
     * Runs a function in a transaction and commits it; repeats both on conflicts within {@link RetryPolicy#defaults()}.
     * The function may run several times: it must have no effect outside the transaction. What it throws rolls back
     * and reaches the caller as it is.
     */
    default <T> T update(Function<? super Transaction, ? extends T> body) {
        return update(TransactionOptions.defaults(), RetryPolicy.defaults(), WriteOptions.defaults(), body);
    }

    /** {@link #update(Function)} for a body without a result. */
    default void execute(Consumer<? super Transaction> body) {
        update(transaction -> {
            body.accept(transaction);
            return true;
        });
    }

    /** {@link #update(Function)} with everything said. */
    default <T> T update(TransactionOptions options, RetryPolicy policy, WriteOptions write,
            Function<? super Transaction, ? extends T> body) {
        return new ConflictRetry(policy).run(() -> {
            try (Transaction transaction = transaction(options)) {
                T result = body.apply(transaction);
                if (transaction.isActive()) {
                    transaction.commit(write);
                }
                return result;
            }
        });
    }
}
