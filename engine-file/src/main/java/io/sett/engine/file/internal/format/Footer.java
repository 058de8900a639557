// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.format;

import io.sett.api.error.CorruptionException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.FormatVersionException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The last bytes of a file, see the package description.
 *
 * @param contentLength bytes of content
 * @param createdMillis when the name was first written
 * @param modifiedMillis when this content was written
 * @param tableCrc checksum of the chunk checksums
 * @param sha256 of the content, null when it was not computed
 */
public record Footer(long contentLength, long createdMillis, long modifiedMillis, int tableCrc,
        byte @Nullable [] sha256) {

    /** Length of the footer in bytes. */
    public static final int LENGTH = 96;
    /** Content bytes for each checksum. */
    public static final int CHUNK = 1 << 16;

    private static final long MAGIC =
            ByteBuffer.wrap("SETTFILE".getBytes(StandardCharsets.US_ASCII)).order(ByteOrder.LITTLE_ENDIAN).getLong();
    private static final int VERSION = 1;
    private static final int CRC_OFFSET = LENGTH - Integer.BYTES;

    /** How many chunks content of that length has. */
    public static long chunks(long contentLength) {
        return (contentLength + CHUNK - 1) / CHUNK;
    }

    /** How long a whole file with that much content is. */
    public static long fileLength(long contentLength) {
        return contentLength + chunks(contentLength) * Integer.BYTES + LENGTH;
    }

    /** The content in a file of that length: the inverse of {@link #fileLength}. */
    public static long contentLength(long fileLength) {
        long rest = Math.max(0, fileLength - LENGTH);
        long perChunk = CHUNK + Integer.BYTES;
        return rest - (rest + perChunk - 1) / perChunk * Integer.BYTES;
    }

    /** The SHA-256 in hexadecimal. */
    public Optional<String> sha256Hex() {
        return sha256 == null ? Optional.empty() : Optional.of(HexFormat.of().formatHex(sha256));
    }

    /** The bytes of the footer. */
    public byte[] encode() {
        ByteBuffer buffer = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(MAGIC).putInt(VERSION).putInt(CHUNK).putLong(contentLength).putLong(createdMillis)
                .putLong(modifiedMillis).putInt(sha256 == null ? 0 : 1).putInt(tableCrc);
        if (sha256 != null) {
            buffer.put(sha256);
        }
        buffer.putInt(CRC_OFFSET, crc(buffer.array(), CRC_OFFSET));
        return buffer.array();
    }

    /**
     * Reads the footer of a file.
     *
     * @param bytes the last {@value #LENGTH} bytes of the file
     * @param fileLength length of the whole file, which must fit
     * @param file for messages
     */
    public static Footer decode(byte[] bytes, long fileLength, Path file) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length != LENGTH || buffer.getLong(0) != MAGIC) {
            throw damaged(file, fileLength - bytes.length, "it has no footer of the file store; it was cut off, or put "
                    + "there by another program");
        }
        if (buffer.getInt(CRC_OFFSET) != crc(bytes, CRC_OFFSET)) {
            throw damaged(file, fileLength - LENGTH, "its footer does not match the footer's checksum");
        }
        if (buffer.getInt(8) != VERSION) {
            throw new FormatVersionException(ErrorCode.FORMAT_VERSION, "file " + file + " has format version "
                    + buffer.getInt(8) + ", this library reads version " + VERSION
                    + "; open it with the newer library that wrote it", Map.of("file", file));
        }
        long content = buffer.getLong(16);
        if (content < 0 || buffer.getInt(12) != CHUNK || fileLength(content) != fileLength) {
            throw damaged(file, fileLength - LENGTH, "its length " + fileLength + " does not fit the content length "
                    + content + " in its footer");
        }
        byte[] sha = null;
        if ((buffer.getInt(40) & 1) != 0) {
            sha = new byte[32];
            buffer.get(48, sha);
        }
        return new Footer(content, buffer.getLong(24), buffer.getLong(32), buffer.getInt(44), sha);
    }

    static int crc(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    /** The error for a damaged file. */
    public static CorruptionException damaged(Path file, long offset, String what) {
        return new CorruptionException(ErrorCode.FILE_CORRUPTED, "file " + file + " is damaged at offset " + offset
                + ": " + what + "; restore it from a copy", Map.of("file", file, "offset", offset));
    }
}
