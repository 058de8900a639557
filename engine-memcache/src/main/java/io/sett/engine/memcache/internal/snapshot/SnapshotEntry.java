// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.snapshot;

/**
 * An entry in a snapshot file.
 *
 * @param key in UTF-8
 * @param value the value
 * @param expiry in milliseconds since 1970, 0 when never
 */
public record SnapshotEntry(byte[] key, byte[] value, long expiry) {
}
