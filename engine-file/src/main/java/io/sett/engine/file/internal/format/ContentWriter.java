// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.format;

import io.sett.engine.file.internal.io.NewFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Writes content and its trailer. Keeps in memory the chunk that is being filled, at most 64 KiB, and 4 bytes for each
 * chunk before it. A file of one chunk is one write. For one thread.
 */
public final class ContentWriter {

    private static final int SMALLEST_BUFFER = 512;

    private final NewFile file;
    private final @Nullable MessageDigest digest;
    private final ByteArrayOutputStream table = new ByteArrayOutputStream(Integer.BYTES);
    private byte[] buffer = new byte[0];
    private int buffered;
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
        if (digest != null) {
            digest.update(source, offset, count);
        }
        length += count;
        int at = offset;
        int left = count;
        if (buffered > 0 || left < Footer.CHUNK) {
            int step = Math.min(left, Footer.CHUNK - buffered);
            keep(source, at, step);
            at += step;
            left -= step;
        }
        int whole = left - left % Footer.CHUNK;
        if (whole > 0) {
            for (int chunk = at; chunk < at + whole; chunk += Footer.CHUNK) {
                endChunk(source, chunk, Footer.CHUNK);
            }
            file.write(source, at, whole);
        }
        if (left > whole) {
            keep(source, at + whole, left - whole);
        }
    }

    /** Keeps bytes of a chunk that is not full, and writes it when it is. */
    private void keep(byte[] source, int offset, int count) throws IOException {
        int end = buffered + count;
        if (end > buffer.length) {
            int room = Math.max(end, Math.min(Footer.CHUNK, Math.max(SMALLEST_BUFFER, 2 * buffer.length)));
            buffer = Arrays.copyOf(buffer, room);
        }
        System.arraycopy(source, offset, buffer, buffered, count);
        buffered = end;
        if (buffered == Footer.CHUNK) {
            endChunk(buffer, 0, buffered);
            file.write(buffer, 0, buffered);
            buffered = 0;
        }
    }

    private void endChunk(byte[] source, int offset, int count) {
        CRC32C crc = new CRC32C();
        crc.update(source, offset, count);
        int value = (int) crc.getValue();
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            table.write(value >>> shift);
        }
    }

    /** Writes the trailer; nothing may be written afterwards. */
    public Footer finish(long createdMillis, long modifiedMillis) throws IOException {
        if (buffered > 0) {
            endChunk(buffer, 0, buffered);
        }
        byte[] checksums = table.toByteArray();
        Footer footer = new Footer(length, createdMillis, modifiedMillis, Footer.crc(checksums, checksums.length),
                digest == null ? null : digest.digest());
        byte[] end = Arrays.copyOf(buffer, buffered + checksums.length + Footer.LENGTH);
        System.arraycopy(checksums, 0, end, buffered, checksums.length);
        System.arraycopy(footer.encode(), 0, end, buffered + checksums.length, Footer.LENGTH);
        file.write(end, 0, end.length);
        return footer;
    }
}
