// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.kv;

import org.jspecify.annotations.Nullable;

/**
 * Where writes of a transaction or batch go that has grown larger than memory should hold; the engine keeps them in
 * temporary files until commit. A later write of a key takes the place of an earlier one. One thread at a time.
 */
public interface WriteOverflow extends AutoCloseable {

    /** Takes writes over, in order of their keys. */
    void take(Iterable<PendingWrite> writes);

    /** The write of this key, or null. */
    @Nullable PendingWrite find(byte[] key);

    /** The lowest write above the key, or at it when inclusive; the lowest of all when the key is null. */
    @Nullable PendingWrite above(byte @Nullable [] key, boolean inclusive);

    /** The highest write below the key, or at it when inclusive; the highest of all when the key is null. */
    @Nullable PendingWrite below(byte @Nullable [] key, boolean inclusive);

    /** Deletes what it has. Idempotent. */
    @Override
    void close();
}
