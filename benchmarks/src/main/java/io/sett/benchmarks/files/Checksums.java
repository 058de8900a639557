// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.files;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.CRC32C;

/** Checksums of content that is being written in whole pieces of 64 KiB, and the last one of any length. */
final class Checksums {

    private final Check check;
    private final MessageDigest digest;
    private final ByteArrayOutputStream table = new ByteArrayOutputStream();
    private long length;

    Checksums(Check check) {
        this.check = check;
        this.digest = check == Check.CRC_AND_SHA ? sha256() : null;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static int crc(byte[] bytes, int offset, int count) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, count);
        return (int) crc.getValue();
    }

    void add(byte[] bytes, int count) {
        length += count;
        if (check == Check.NONE) {
            return;
        }
        for (int from = 0; from < count; from += Contestant.PIECE) {
            table.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                    .putInt(crc(bytes, from, Math.min(Contestant.PIECE, count - from))).array());
        }
        if (digest != null) {
            digest.update(bytes, 0, count);
        }
    }

    /** What is written behind the content: the table, the SHA-256 or nothing, the length. */
    byte[] trailer() {
        if (check == Check.NONE) {
            return new byte[0];
        }
        byte[] sha = digest == null ? new byte[0] : digest.digest();
        return ByteBuffer.allocate(table.size() + sha.length + Long.BYTES).put(table.toByteArray()).put(sha)
                .putLong(length).array();
    }
}
