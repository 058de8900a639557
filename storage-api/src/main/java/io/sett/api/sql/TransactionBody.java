// SPDX-License-Identifier: Apache-2.0
package io.sett.api.sql;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.error.StorageException;
import java.util.Map;
import java.util.function.Function;

/** Runs the body of a transaction and ends the transaction accordingly. */
final class TransactionBody {

    private TransactionBody() {
    }

    static <T> T run(SqlTransaction opened, Function<? super SqlTransaction, ? extends T> body) {
        try (SqlTransaction transaction = opened) {
            T result = apply(transaction, body);
            if (transaction.isActive()) {
                transaction.commit();
            }
            return result;
        }
    }

    private static <T> T apply(SqlTransaction transaction, Function<? super SqlTransaction, ? extends T> body) {
        try {
            return body.apply(transaction);
        } catch (StorageException own) {
            throw own;
        } catch (RuntimeException foreign) {
            throw new InvalidOperationException(ErrorCode.TRANSACTION_FAILED,
                    "The body of the transaction failed, everything was rolled back: " + foreign, Map.of(), foreign);
        }
    }
}
