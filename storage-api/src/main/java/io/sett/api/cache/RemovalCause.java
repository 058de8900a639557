// SPDX-License-Identifier: Apache-2.0
package io.sett.api.cache;

/** Why an entry left a cache, or lost its value. */
public enum RemovalCause {
    /** Its time to live was over. */
    EXPIRED(true),
    /** It made room for others: the memory limit was reached. */
    SIZE(true),
    /** Somebody deleted it, by key, by pattern or by {@code clear}. */
    EXPLICIT(false),
    /** A new value took its place. */
    REPLACED(false);

    private final boolean eviction;

    RemovalCause(boolean eviction) {
        this.eviction = eviction;
    }

    /** Whether the cache did it on its own account. */
    public boolean eviction() {
        return eviction;
    }
}
