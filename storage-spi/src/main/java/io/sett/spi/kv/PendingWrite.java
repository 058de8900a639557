// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.kv;

import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * A write of a transaction or batch that is not committed yet: a value or a deletion. Immutable for its readers.
 *
 * <p>The arrays are shared, not copied: they must not be changed by anybody.
 */
public final class PendingWrite {

    /** Stands for "never expires". */
    public static final long NEVER = 0;

    private static final byte[] NO_VALUE = new byte[0];

    private final byte[] key;
    private final byte[] value;
    private final boolean deletion;
    private final byte metadata;
    private final long expiresAtMillis;
    private final int epoch;
    private final @Nullable PendingWrite previous;
    private long fingerprint;

    PendingWrite(byte[] key, byte @Nullable [] value, long expiresAtMillis, byte metadata, int epoch,
            @Nullable PendingWrite previous) {
        this.key = key;
        this.deletion = value == null;
        this.value = value == null ? NO_VALUE : value;
        this.expiresAtMillis = expiresAtMillis;
        this.metadata = metadata;
        this.epoch = epoch;
        this.previous = previous;
    }

    /** A value that an overflow gives back. */
    public static PendingWrite value(byte[] key, byte[] value, long expiresAtMillis, byte metadata) {
        return new PendingWrite(key, value, expiresAtMillis, metadata, 0, null);
    }

    /** A deletion that an overflow gives back. */
    public static PendingWrite deletion(byte[] key) {
        return new PendingWrite(key, null, NEVER, (byte) 0, 0, null);
    }

    /** The key; not a copy. */
    public byte[] key() {
        return key;
    }

    /** The value, empty for a deletion; not a copy. */
    public byte[] value() {
        return value;
    }

    /** Whether the key is removed. */
    public boolean isDeletion() {
        return deletion;
    }

    /** When it expires in milliseconds since 1970, or {@link #NEVER}. */
    public long expiresAtMillis() {
        return expiresAtMillis;
    }

    /** The caller's metadata byte. */
    public byte metadata() {
        return metadata;
    }

    /** Bytes of key and value. */
    public long byteSize() {
        return (long) key.length + value.length;
    }

    /** Whether a reader sees a value at this moment: it is no deletion and has not expired. */
    public boolean hasValue(Clock clock) {
        return !deletion && !isExpired(clock);
    }

    boolean isExpired(Clock clock) {
        return expiresAtMillis != NEVER && clock.millis() >= expiresAtMillis;
    }

    int epoch() {
        return epoch;
    }

    @Nullable PendingWrite previous() {
        return previous;
    }

    long fingerprint() {
        if (fingerprint == 0) {
            fingerprint = Fingerprint.of(key);
        }
        return fingerprint;
    }

    @Override
    public String toString() {
        return (deletion ? "delete " : "put ") + KVArguments.shown(key);
    }
}
