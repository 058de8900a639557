// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.kv;

import io.sett.api.kv.KVReader;
import io.sett.api.kv.TransactionOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a transaction begins.
 *
 * @param id unique in the store while it is open
 * @param readVersion the version it reads at; at READ_COMMITTED the newest when it began
 * @param committed reads at that version; at READ_COMMITTED reads what is newest at each call
 * @param options as the caller asked
 * @param timeout after which time it is rolled back, null for never: that of the options, or the store's own
 */
public record TransactionStart(long id, long readVersion, KVReader committed, TransactionOptions options,
        @Nullable Duration timeout) {
}
