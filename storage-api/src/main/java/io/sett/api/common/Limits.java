// SPDX-License-Identifier: Apache-2.0
package io.sett.api.common;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The limits of a store. Going over one throws {@link io.sett.api.error.LimitExceededException} that names it.
 *
 * @param maxKeyBytes largest key in bytes
 * @param maxValueBytes largest value in bytes
 * @param maxTransactionBytes largest transaction or batch in bytes of keys and values
 * @param maxTransactionOperations largest number of writes in one transaction or batch
 * @param snapshotAge how long a snapshot can be read at most, or null for as long as it is open
 */
public record Limits(long maxKeyBytes, long maxValueBytes, long maxTransactionBytes, long maxTransactionOperations,
        @Nullable Duration snapshotAge) {

    /** No limit but those of the machine. */
    public static final Limits NONE =
            new Limits(Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, null);

    /** Checks that each limit is positive. */
    public Limits {
        if (maxKeyBytes <= 0 || maxValueBytes <= 0 || maxTransactionBytes <= 0 || maxTransactionOperations <= 0) {
            throw new IllegalArgumentException("every limit must be positive: key " + maxKeyBytes + ", value "
                    + maxValueBytes + ", transaction " + maxTransactionBytes + " bytes, "
                    + maxTransactionOperations + " operations");
        }
    }

    /** How long a snapshot can be read at most; empty when there is no such limit. */
    public Optional<Duration> maxSnapshotAge() {
        return Optional.ofNullable(snapshotAge);
    }
}
