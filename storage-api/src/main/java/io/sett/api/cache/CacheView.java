// SPDX-License-Identifier: Apache-2.0
package io.sett.api.cache;

import java.time.Duration;
import java.util.Optional;

/**
 * The named keys of a cache inside of {@link CacheAtomics#atomically}.
 *
 * <p>Reads see the writes of the same body. Writes become visible to others together when the body returns, and are
 * dropped when it throws. A key that was not named is refused with {@code INVALID_ARGUMENT}; use after the body ended
 * throws with {@code SCOPE_ENDED}. For the calling thread only.
 */
public interface CacheView {

    /** The value of a named key, copied; the caller owns it. Counts as a hit or a miss. */
    Optional<byte[]> get(String key);

    /** Whether a named key is present. */
    boolean has(String key);

    /** Stores a value with the default TTL. */
    void set(String key, byte[] value);

    /** Stores a value with a TTL of its own ({@link Duration#ZERO}: never expires). */
    void set(String key, byte[] value, Duration ttl);

    /**
     * Changes the value of a present entry and leaves its expiry as it is.
     *
     * @return false, and nothing is stored, when the key is absent
     */
    boolean update(String key, byte[] value);

    /** Removes a named key; tells whether it was present. */
    boolean delete(String key);
}
