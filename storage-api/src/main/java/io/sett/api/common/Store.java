// SPDX-License-Identifier: Apache-2.0
package io.sett.api.common;

import java.util.Set;

/**
 * What all stores have in common. Stores are safe for use by many threads.
 *
 * <p>Closing a store closes what hangs on it (cursors, transactions, streams); using any of it afterwards throws
 * {@link io.sett.api.error.ClosedException}.
 */
public interface Store extends AutoCloseable {

    /** The name it was opened under. */
    String name();

    /** The id of its engine ("badger"). */
    String engine();

    /** What kind of store it is. */
    StoreKind kind();

    /** What it offers beyond what every store of its kind does. Unmodifiable; does not change while it is open. */
    Set<Capability> capabilities();

    /** Whether it offers this capability. */
    default boolean supports(Capability capability) {
        return capabilities().contains(capability);
    }

    /** Its limits. */
    Limits limits();

    /** How it is doing. Cheap; answers DOWN after close instead of throwing. */
    Health health();

    /** All its numbers now. Cheap; the last numbers after close. */
    Metrics metrics();

    /** Whether it can be used. */
    boolean isOpen();

    /**
     * The engine's own object behind this store, for what the interfaces do not offer.
     *
     * @throws io.sett.api.error.UnsupportedFeatureException when there is none of that type; the message lists those
     *     there are
     */
    <T> T unwrap(Class<T> type);

    /** Closes it in order. Idempotent; other calls wait or fail, nothing is cut off half-way. */
    @Override
    void close();
}
