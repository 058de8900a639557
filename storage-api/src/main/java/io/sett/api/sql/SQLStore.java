// SPDX-License-Identifier: Apache-2.0
package io.sett.api.sql;

import io.sett.api.common.Store;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A relational store.
 *
 * <p><b>Threads.</b> Every method may be called by any number of threads; readers and writers do not wait for each
 * other, writers take turns. <b>Bytes.</b> Arrays among the parameters are read before the call returns; arrays from
 * rows belong to the caller. <b>Errors.</b> See the package description. <b>Cost.</b> Statements are prepared once and
 * kept; each changing statement outside of a transaction is a transaction of its own, so put many into one or use
 * {@link #batch}.
 *
 * <pre>{@code
 * sql.execute("create table person (id integer primary key, name text not null)");
 * sql.execute("insert into person (name) values (?)", "Ada");
 * List<String> names = sql.query("select name from person order by id", row -> row.getString("name"));
 * sql.run(tx -> {
 *     tx.execute("update account set balance = balance - ? where id = ?", 5, 1);
 *     tx.execute("update account set balance = balance + ? where id = ?", 5, 2);
 * });
 * }</pre>
 */
public interface SQLStore extends Store, SqlOperations, SqlMaintenance {

    /** Begins a transaction; close it in any case. */
    SqlTransaction begin(SqlTransactionOptions options);

    /** Begins a transaction that reads and writes; close it in any case. */
    default SqlTransaction begin() {
        return begin(SqlTransactionOptions.defaults());
    }

    /**
     * Runs a body in a transaction that reads and writes, see {@link #transaction(SqlTransactionOptions, Function)}.
     */
    default <T> T transaction(Function<? super SqlTransaction, ? extends T> body) {
        return transaction(SqlTransactionOptions.defaults(), body);
    }

    /**
     * Runs a body in a transaction, once: commits when it returns, unless it did that itself, and rolls back when it
     * throws.
     *
     * @param body must not return null
     * @throws io.sett.api.error.InvalidOperationException with {@code TRANSACTION_FAILED} around an exception of the
     *     body that is not one of this library's; those, and errors of the JVM, arrive as they are
     */
    default <T> T transaction(SqlTransactionOptions options, Function<? super SqlTransaction, ? extends T> body) {
        return TransactionBody.run(begin(options), body);
    }

    /** Runs a body without a result in a transaction that reads and writes. */
    default void run(Consumer<? super SqlTransaction> body) {
        transaction(tx -> {
            body.accept(tx);
            return true;
        });
    }

    /**
     * The same store with another time limit for each call through the returned view that has none of its own.
     * Cheap: a small object. Closing the view does not close the store.
     *
     * @param timeout more than zero; otherwise {@code INVALID_ARGUMENT}
     */
    SQLStore withTimeout(Duration timeout);
}
