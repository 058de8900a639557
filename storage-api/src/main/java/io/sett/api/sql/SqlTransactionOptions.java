// SPDX-License-Identifier: Apache-2.0
package io.sett.api.sql;

import java.time.Duration;
import java.util.Optional;

/**
 * How a transaction is to be run. Immutable.
 *
 * @param readOnly whether it only reads (default false): it sees one moment of the data and waits for no writer;
 *     writing in it is {@code READ_ONLY_TXN}
 * @param timeout how long it may be open; after that it is rolled back and its next use throws with
 *     {@code TXN_TIMEOUT}. Empty (default): the store's own
 */
public record SqlTransactionOptions(boolean readOnly, Optional<Duration> timeout) {

    private static final SqlTransactionOptions DEFAULTS = new SqlTransactionOptions(false, Optional.empty());

    /** Refuses a timeout that is not positive with {@code INVALID_ARGUMENT}. */
    public SqlTransactionOptions {
        Checks.timeout(timeout);
    }

    /** Reads and writes, the store's own timeout. */
    public static SqlTransactionOptions defaults() {
        return DEFAULTS;
    }

    /** The same with another {@code readOnly}. */
    public SqlTransactionOptions withReadOnly(boolean value) {
        return new SqlTransactionOptions(value, timeout);
    }

    /** The same with another timeout. */
    public SqlTransactionOptions withTimeout(Duration value) {
        return new SqlTransactionOptions(readOnly, Optional.of(value));
    }
}
