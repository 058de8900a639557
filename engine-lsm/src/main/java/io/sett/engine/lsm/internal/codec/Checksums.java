// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.codec;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** CRC32C (Castagnoli), plain, as an int. */
public final class Checksums {

    private Checksums() {
    }

    /** Of a range. */
    public static int crc32c(byte[] array, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(array, offset, length);
        return (int) crc.getValue();
    }

    /** Of what remains in the buffer, whose position does not move. */
    public static int crc32c(ByteBuffer buffer) {
        CRC32C crc = new CRC32C();
        crc.update(buffer.duplicate());
        return (int) crc.getValue();
    }
}
