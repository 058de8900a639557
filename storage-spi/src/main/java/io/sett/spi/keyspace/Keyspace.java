// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.keyspace;

import io.sett.api.error.ClosedException;
import io.sett.api.error.ErrorCode;
import java.util.Map;

/** One keyspace of an open store: its name, its mapping, and whether it still exists. Any thread. */
final class Keyspace {

    private final String store;
    private final String name;
    private final KeyMapping mapping;
    private final boolean isDefault;
    private volatile boolean dropped;

    Keyspace(String store, String name, KeyMapping mapping) {
        this.store = store;
        this.name = name;
        this.mapping = mapping;
        this.isDefault = name.isEmpty();
    }

    String name() {
        return name;
    }

    boolean isDefault() {
        return isDefault;
    }

    KeyMapping mapping() {
        return mapping;
    }

    void drop(boolean value) {
        dropped = value;
    }

    boolean isDropped() {
        return dropped;
    }

    /** Refuses the use of one that was dropped. */
    void check() {
        if (dropped) {
            throw new ClosedException(ErrorCode.SCOPE_ENDED, "store '" + store + "': keyspace '" + name
                    + "' was dropped; ask the store for it to begin an empty one", Map.of("store", store, "keyspace",
                    name));
        }
    }
}
