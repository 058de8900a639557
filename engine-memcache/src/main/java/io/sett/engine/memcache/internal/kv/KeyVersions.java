// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.kv;

import org.jspecify.annotations.Nullable;

/**
 * The versions of one key, newest first. Changed only under the commit lock; read without it.
 */
final class KeyVersions {

    /** Skip list node and its index share, this object, and the header of the key's array. */
    private static final int OVERHEAD = 96;

    private final byte[] key;
    private volatile @Nullable EntryVersion newest;
    private boolean awaitsExpiry;

    KeyVersions(byte[] key) {
        this.key = key;
    }

    byte[] key() {
        return key;
    }

    @Nullable EntryVersion newest() {
        return newest;
    }

    void setNewest(@Nullable EntryVersion entry) {
        newest = entry;
    }

    /** What a reader of this version sees: the newest one not above it, or null. */
    @Nullable EntryVersion at(long version) {
        EntryVersion entry = newest;
        while (entry != null && entry.version() > version) {
            entry = entry.older();
        }
        return entry;
    }

    /** Whether the expiry queue has an element for this key. */
    boolean awaitsExpiry() {
        return awaitsExpiry;
    }

    void setAwaitsExpiry(boolean value) {
        awaitsExpiry = value;
    }

    long bytes() {
        return bytes(key.length);
    }

    static long bytes(long keyLength) {
        return OVERHEAD + keyLength;
    }
}
