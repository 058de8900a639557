// SPDX-License-Identifier: Apache-2.0
package io.sett.api.cache;

import io.sett.api.common.Slice;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.KeyNotFoundException;
import java.util.Optional;
import java.util.function.Function;

/** The reading side of a cache, one key at a time. Thread-safe. */
public interface CacheReader {

    /**
     * The value of a key, copied; the caller owns the array. Counts as a hit or a miss and as a use of the entry.
     *
     * @return the value, or empty when the key is absent or has expired
     */
    Optional<byte[]> get(String key);

    /**
     * Like {@link #get}, for callers who know that the key is there.
     *
     * @throws KeyNotFoundException with {@link ErrorCode#KEY_NOT_FOUND} when it is not
     */
    default byte[] getOrThrow(String key) {
        return get(key).orElseThrow(() -> new KeyNotFoundException(ErrorCode.KEY_NOT_FOUND,
                "The cache has no entry '" + key + "' (or it has expired); use get for an Optional answer"));
    }

    /**
     * Reads a value where it lies, without copying it. Counts like {@link #get}.
     *
     * <p>The function is called at most once, with the bytes of one single {@code set}. The slice is valid only inside
     * of the function: later use of it throws with {@link ErrorCode#SCOPE_ENDED}. Keep the function short, for it may
     * hold up writers of neighbouring keys, and do not call the cache from it. It must not return null.
     *
     * @return what the function returned, or empty when the key is absent or has expired
     */
    <T> Optional<T> read(String key, Function<? super Slice, ? extends T> reader);

    /** Whether the key is there and has not expired. Counts neither as a hit or miss nor as a use. */
    boolean has(String key);
}
