// SPDX-License-Identifier: Apache-2.0
package io.sett.api.kv;

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

    /** Sets the value of a key that never expires. */
    default void put(byte[] key, byte[] value) {
        put(key, value, PutOptions.defaults());
    }

    /** Sets the value of a key from slices, which are copied. */
    default void put(Slice key, Slice value) {
        put(key.toByteArray(), value.toByteArray(), PutOptions.defaults());
    }
}
