// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.kv;

import io.sett.api.error.CorruptionException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.FormatVersionException;
import io.sett.api.file.FileInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What the key-value store keeps for one name, see the package description.
 *
 * @param type what it is
 * @param createdMillis when the name was first written
 * @param modifiedMillis when this content was written
 * @param length of the content
 * @param sha256 of the content, null when it was not computed
 * @param content id of the content in chunks, else 0
 * @param inline the content of a small file, else empty
 */
record FileEntry(Type type, long createdMillis, long modifiedMillis, long length, byte @Nullable [] sha256,
        long content, byte[] inline) {

    /** Kinds of entries; the order is part of the format. */
    enum Type {
        DIRECTORY, INLINE, CHUNKED
    }

    private static final byte VERSION = 1;
    private static final int FIXED = 67;
    private static final int SHA_OFFSET = 35;
    private static final int SHA_LENGTH = 32;
    private static final byte[] NOTHING = new byte[0];

    static FileEntry directory(long nowMillis) {
        return new FileEntry(Type.DIRECTORY, nowMillis, nowMillis, 0, null, 0, NOTHING);
    }

    static FileEntry inline(long nowMillis, byte[] content, byte @Nullable [] sha256) {
        return new FileEntry(Type.INLINE, nowMillis, nowMillis, content.length, sha256, 0, content);
    }

    static FileEntry chunked(long nowMillis, long length, byte @Nullable [] sha256, long content) {
        return new FileEntry(Type.CHUNKED, nowMillis, nowMillis, length, sha256, content, NOTHING);
    }

    boolean isDirectory() {
        return type == Type.DIRECTORY;
    }

    boolean isChunked() {
        return type == Type.CHUNKED;
    }

    FileEntry withCreated(long millis) {
        return new FileEntry(type, millis, modifiedMillis, length, sha256, content, inline);
    }

    FileInfo info(String name) {
        return new FileInfo(name, length, Instant.ofEpochMilli(createdMillis), Instant.ofEpochMilli(modifiedMillis),
                isDirectory(), Optional.ofNullable(sha256).map(HexFormat.of()::formatHex));
    }

    byte[] encode() {
        ByteBuffer buffer = ByteBuffer.allocate(FIXED + inline.length + Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        buffer.put(VERSION).put((byte) type.ordinal()).put((byte) (sha256 == null ? 0 : 1)).putLong(createdMillis)
                .putLong(modifiedMillis).putLong(length).putLong(content)
                .put(sha256 == null ? new byte[SHA_LENGTH] : sha256).put(inline);
        return buffer.putInt(crc(buffer.array(), FIXED + inline.length)).array();
    }

    static FileEntry decode(String name, byte[] bytes) {
        int end = bytes.length - Integer.BYTES;
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (end < FIXED || buffer.getInt(end) != crc(bytes, end)) {
            throw damaged(name, "its entry does not match its checksum");
        }
        if (buffer.get() != VERSION) {
            throw new FormatVersionException(ErrorCode.FORMAT_VERSION, "the entry of file '" + name
                    + "' has format version " + bytes[0] + ", this library reads version " + VERSION
                    + "; open it with the newer library that wrote it", Map.of("name", name));
        }
        int type = buffer.get();
        boolean hasSha = (buffer.get() & 1) != 0;
        if (type < 0 || type >= Type.values().length) {
            throw damaged(name, "its entry has the unknown type " + type);
        }
        return new FileEntry(Type.values()[type], buffer.getLong(), buffer.getLong(), buffer.getLong(),
                hasSha ? Arrays.copyOfRange(bytes, SHA_OFFSET, SHA_OFFSET + SHA_LENGTH) : null, buffer.getLong(),
                Arrays.copyOfRange(bytes, FIXED, end));
    }

    private static int crc(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    static CorruptionException damaged(String name, String what) {
        return new CorruptionException(ErrorCode.FILE_CORRUPTED, "file '" + name + "' is damaged: " + what
                + "; restore it from a copy", Map.of("name", name));
    }
}
