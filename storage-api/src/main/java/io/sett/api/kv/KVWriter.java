// SPDX-License-Identifier: Apache-2.0
package io.sett.api.kv;

import io.sett.api.common.KeyRange;
import io.sett.api.common.Slice;

/**
 * Collects or performs writes: a store commits each at once, a batch and a transaction keep them until they are
 * written. Arguments are copied or used up before the call returns.
 *
 * <p>Errors: {@link io.sett.api.error.LimitExceededException} (ENTRY_TOO_LARGE, TXN_TOO_BIG),
 * {@link io.sett.api.error.InvalidOperationException} for an empty key or a read-only target.
 */
public interface KVWriter {

    /** Sets the value of a key. */
    void put(byte[] key, byte[] value, PutOptions options);

    /** Removes a key; an absent key is no error. */
    void delete(byte[] key);

    /**
     * Removes every key of a range in one step (needs RANGE_DELETE); what is written to the range later stays. The cost
     * does not depend on how many keys there are where the engine says so.
     */
    void deleteRange(KeyRange range);

    /** Removes every key that begins with these bytes, see {@link #deleteRange(KeyRange)}. */
    default void dropPrefix(byte[] prefix) {
        deleteRange(KeyRange.prefix(prefix));
    }

    /** Sets the value of a key that never expires. */
    default void put(byte[] key, byte[] value) {
        put(key, value, PutOptions.defaults());
    }

    /** Sets the value of a key from slices, which are copied. */
    default void put(Slice key, Slice value) {
        put(key.toByteArray(), value.toByteArray(), PutOptions.defaults());
    }
}
