// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.kv;

import io.sett.api.error.CorruptionException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.FormatVersionException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * What a file store in a key-value store begins with, see the package description.
 *
 * @param chunkSize content bytes of each chunk but the last
 * @param madeMillis when the store was made
 */
record Header(int chunkSize, long madeMillis) {

    private static final int LENGTH = 28;
    private static final int CRC_OFFSET = LENGTH - Integer.BYTES;
    private static final int VERSION = 1;
    private static final byte[] MAGIC = "SETTKVFS".getBytes(StandardCharsets.US_ASCII);

    byte[] encode() {
        ByteBuffer buffer = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        buffer.put(MAGIC).putInt(VERSION).putInt(chunkSize).putLong(madeMillis);
        return buffer.putInt(crc(buffer.array())).array();
    }

    static Header decode(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length != LENGTH || buffer.getInt(CRC_OFFSET) != crc(bytes)
                || !ByteBuffer.wrap(MAGIC).equals(ByteBuffer.wrap(bytes, 0, MAGIC.length))) {
            throw new CorruptionException(ErrorCode.CORRUPTION, "the header of the file store in the key-value store "
                    + "is damaged, or its place is used by something else; choose another prefix or restore it");
        }
        if (buffer.getInt(MAGIC.length) != VERSION) {
            throw new FormatVersionException(ErrorCode.FORMAT_VERSION, "the file store in the key-value store has "
                    + "format version " + buffer.getInt(MAGIC.length) + ", this library reads version " + VERSION
                    + "; open it with the newer library that wrote it");
        }
        return new Header(buffer.getInt(12), buffer.getLong(16));
    }

    private static int crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, CRC_OFFSET);
        return (int) crc.getValue();
    }
}
