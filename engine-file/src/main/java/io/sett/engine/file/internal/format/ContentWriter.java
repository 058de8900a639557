// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.format;

import io.sett.engine.file.internal.io.NewFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Writes content and its trailer. Keeps 4 bytes in memory for each 64 KiB written. For one thread.
 */
public final class ContentWriter {

    private final NewFile file;
    private final @Nullable MessageDigest digest;
    private final CRC32C chunk = new CRC32C();
    private final ByteArrayOutputStream table = new ByteArrayOutputStream();
    private int inChunk;
    private long length;

    /** Writes into a new, empty file; computes a SHA-256 when asked. */
    public ContentWriter(NewFile file, boolean withSha256) {
        this.file = file;
        this.digest = withSha256 ? newDigest() : null;
    }

    /** A SHA-256 digest; every Java platform has one. */
    public static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform must have SHA-256", impossible);
        }
    }

    /** Content bytes written so far. */
    public long length() {
        return length;
    }

    /** Adds content. */
    public void write(byte[] source, int offset, int count) throws IOException {
        file.write(source, offset, count);
        if (digest != null) {
            digest.update(source, offset, count);
        }
        int at = offset;
        int left = count;
        while (left > 0) {
            int step = Math.min(left, Footer.CHUNK - inChunk);
            chunk.update(source, at, step);
            inChunk += step;
            at += step;
            left -= step;
            if (inChunk == Footer.CHUNK) {
                endChunk();
            }
        }
        length += count;
    }

    private void endChunk() {
        int value = (int) chunk.getValue();
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            table.write(value >>> shift);
        }
        chunk.reset();
        inChunk = 0;
    }

    /** Writes the trailer; nothing may be written afterwards. */
    public Footer finish(long createdMillis, long modifiedMillis) throws IOException {
        if (inChunk > 0) {
            endChunk();
        }
        byte[] checksums = table.toByteArray();
        Footer footer = new Footer(length, createdMillis, modifiedMillis, Footer.crc(checksums, checksums.length),
                digest == null ? null : digest.digest());
        file.write(checksums, 0, checksums.length);
        byte[] end = footer.encode();
        file.write(end, 0, end.length);
        return footer;
    }
}
