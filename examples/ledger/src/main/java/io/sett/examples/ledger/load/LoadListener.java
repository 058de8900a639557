// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.load;

import io.sett.examples.ledger.store.StoreStep;

/** Watches a load, called by the loading thread. */
public interface LoadListener {
    /** Watches nothing. */
    LoadListener NONE = new LoadListener() {
    };

    /**
     * A phase begins.
     *
     * @param name  what is done, for people
     * @param bytes how many bytes of block files it will go through
     */
    default void begins(String name, long bytes) {
    }

    /** So many more bytes of block files are done. */
    default void advances(long bytes) {
    }

    /** A step of storing a block is done. */
    default void stored(StoreStep step) {
    }

    /** The phase is over, well or not. */
    default void ends() {
    }
}
