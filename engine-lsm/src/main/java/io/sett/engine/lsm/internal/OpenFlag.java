// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import io.sett.api.error.ClosedException;
import io.sett.api.error.ErrorCode;
import java.util.Map;

/** Whether a store is open; every call asks it first. Any thread. */
final class OpenFlag {

    private final String store;
    private volatile boolean closed;

    /** Open. */
    OpenFlag(String store) {
        this.store = store;
    }

    /** Fails when the store is closed. */
    void check() {
        if (closed) {
            throw closedError();
        }
    }

    ClosedException closedError() {
        return new ClosedException(ErrorCode.STORE_CLOSED, "store '" + store + "' is closed; open it again",
                Map.of("store", store));
    }

    boolean isClosed() {
        return closed;
    }

    /** No new call from now on. */
    void close() {
        closed = true;
    }
}
