// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.kv;

import io.sett.spi.kv.PendingWrite;
import org.jspecify.annotations.Nullable;

/** What one commit made of one key: a value or a deletion. The array is never changed. */
final class EntryVersion {

    /** Object header, fields, and the header of the value's array. */
    private static final int OVERHEAD = 72;
    private static final byte[] NO_VALUE = new byte[0];

    private final long version;
    private final byte[] value;
    private final boolean deletion;
    private final byte metadata;
    private final long expiresAtMillis;
    private volatile @Nullable EntryVersion older;

    EntryVersion(long version, PendingWrite write, @Nullable EntryVersion older) {
        this(version, write.value(), write.isDeletion(), write.metadata(), write.expiresAtMillis(), older);
    }

    private EntryVersion(long version, byte[] value, boolean deletion, byte metadata, long expiresAtMillis,
            @Nullable EntryVersion older) {
        this.version = version;
        this.value = value;
        this.deletion = deletion;
        this.metadata = metadata;
        this.expiresAtMillis = expiresAtMillis;
        this.older = older;
    }

    static EntryVersion deletion(long version, @Nullable EntryVersion older) {
        return new EntryVersion(version, NO_VALUE, true, (byte) 0, PendingWrite.NEVER, older);
    }

    long version() {
        return version;
    }

    byte[] value() {
        return value;
    }

    boolean isDeletion() {
        return deletion;
    }

    byte metadata() {
        return metadata;
    }

    long expiresAtMillis() {
        return expiresAtMillis;
    }

    boolean canExpire() {
        return expiresAtMillis != PendingWrite.NEVER;
    }

    boolean isExpired(long nowMillis) {
        return canExpire() && nowMillis >= expiresAtMillis;
    }

    @Nullable EntryVersion older() {
        return older;
    }

    void cutOlder() {
        older = null;
    }

    long bytes() {
        return OVERHEAD + (long) value.length;
    }

    static long bytes(long valueLength) {
        return OVERHEAD + valueLength;
    }
}
