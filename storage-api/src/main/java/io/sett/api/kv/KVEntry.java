// SPDX-License-Identifier: Apache-2.0
package io.sett.api.kv;

import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A copied entry. The arrays belong to whoever holds the record.
 *
 * @param key the key
 * @param value the value; empty for a deletion
 * @param version the commit that wrote it
 * @param expiry when it expires, null for never
 * @param metadata the caller's byte
 * @param deletion whether it marks a deletion
 */
public record KVEntry(byte[] key, byte[] value, long version, @Nullable Instant expiry, byte metadata,
        boolean deletion) {

    /** An entry as it is put: never expires, no version yet. */
    public static KVEntry of(byte[] key, byte[] value) {
        return new KVEntry(key, value, 0, null, (byte) 0, false);
    }

    /** When it expires, empty for never. */
    public Optional<Instant> expiresAt() {
        return Optional.ofNullable(expiry);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KVEntry entry && Arrays.equals(key, entry.key) && Arrays.equals(value, entry.value)
                && version == entry.version && metadata == entry.metadata && deletion == entry.deletion
                && expiresAt().equals(entry.expiresAt());
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(key) + Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return "KVEntry[" + HexFormat.of().formatHex(key) + " -> " + value.length + " bytes, version " + version
                + (deletion ? ", deletion" : "") + (expiry == null ? "" : ", expires " + expiry) + "]";
    }
}
