// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.kv;

import io.sett.api.error.CorruptionException;
import io.sett.api.error.ErrorCode;
import io.sett.api.kv.KVStore;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.zip.CRC32C;

/** Chunks as values: the bytes and a checksum that also covers which chunk of which content they are. */
final class Chunks {

    private Chunks() {
    }

    static byte[] encode(long content, long index, byte[] bytes, int length) {
        ByteBuffer value = ByteBuffer.allocate(length + Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        return value.put(bytes, 0, length).putInt(crc(content, index, bytes, length)).array();
    }

    /** The value of a chunk of a file; its first {@code length} bytes are the content. */
    static byte[] read(KVStore store, EntryKeys keys, String name, long content, long index, int length) {
        byte[] value;
        try {
            value = store.get(keys.chunk(content, index)).orElseThrow(() -> FileEntry.damaged(name, "chunk " + index
                    + " is missing"));
        } catch (CorruptionException below) {
            if (below.code() == ErrorCode.FILE_CORRUPTED) {
                throw below;
            }
            throw new CorruptionException(ErrorCode.FILE_CORRUPTED, "file '" + name + "' is damaged: its chunk " + index
                    + " cannot be read; restore it from a copy", Map.of("name", name), below);
        }
        boolean fits = value.length == length + Integer.BYTES;
        if (!fits || ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getInt(length)
                != crc(content, index, value, length)) {
            throw FileEntry.damaged(name, "chunk " + index + " does not match its checksum");
        }
        return value;
    }

    private static int crc(long content, long index, byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(2 * Long.BYTES).putLong(content).putLong(index).flip());
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
