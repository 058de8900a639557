// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.store;

import io.sett.api.kv.Cursor;
import io.sett.api.kv.KVStore;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A fingerprint of everything in the key-value store: SHA-256 over all entries in key order, each as key length u32,
 * key,
 * value length u32, value (big-endian). It says nothing about how an engine stores them, so all engines give the same.
 *
 * @param entries how many entries there are
 * @param bytes   bytes of their keys and values
 * @param sha256  the fingerprint, 64 hexadecimal digits
 */
public record StateDigest(long entries, long bytes, String sha256) {
    /** Computes the fingerprint of one moment of the store; costs a full scan. */
    public static StateDigest of(KVStore store) {
        MessageDigest digest = newDigest();
        ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
        long entries = 0;
        long bytes = 0;
        try (Cursor cursor = store.iterate(new byte[0])) {
            while (cursor.next()) {
                byte[] key = cursor.key();
                byte[] value = cursor.value();
                digest.update(length.putInt(0, key.length).array());
                digest.update(key);
                digest.update(length.putInt(0, value.length).array());
                digest.update(value);
                entries++;
                bytes += key.length + value.length;
            }
        }
        return new StateDigest(entries, bytes, HexFormat.of().formatHex(digest.digest()));
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform must offer SHA-256, this one does not", e);
        }
    }
}
