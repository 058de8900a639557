// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.table;

import io.sett.engine.lsm.internal.base.Bytes;
import io.sett.engine.lsm.internal.base.Damage;
import io.sett.engine.lsm.internal.codec.Checksums;
import io.sett.engine.lsm.internal.codec.FileHeader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** The last 64 bytes of a table, see the package page. */
record TableFooter(BlockHandle index, BlockHandle filter, BlockHandle properties, long fileLength,
        boolean oneVersion) {

    static final int LENGTH = 64;
    static final int FORMAT_VERSION = 1;

    private static final byte[] MAGIC = "SETTTEND".getBytes(StandardCharsets.US_ASCII);
    private static final int ONE_VERSION = 1;
    private static final int CRC_AT = 52;
    private static final int MAGIC_AT = 56;

    byte[] encode() {
        byte[] bytes = new byte[LENGTH];
        put(bytes, 0, index);
        put(bytes, 12, filter);
        put(bytes, 24, properties);
        Bytes.putInt(bytes, 36, oneVersion ? ONE_VERSION : 0);
        Bytes.putLong(bytes, 40, fileLength);
        Bytes.putInt(bytes, 48, FORMAT_VERSION);
        Bytes.putInt(bytes, CRC_AT, Checksums.crc32c(bytes, 0, CRC_AT));
        System.arraycopy(MAGIC, 0, bytes, MAGIC_AT, MAGIC.length);
        return bytes;
    }

    static TableFooter decode(byte[] bytes, long fileLength, Path file) {
        long at = fileLength - LENGTH;
        if (!Arrays.equals(bytes, MAGIC_AT, LENGTH, MAGIC, 0, MAGIC.length)) {
            throw Damage.at(file, at + MAGIC_AT, "the footer does not end with \"SETTTEND\", the file was cut");
        }
        int actual = Checksums.crc32c(bytes, 0, CRC_AT);
        if (actual != Bytes.getInt(bytes, CRC_AT)) {
            throw Damage.at(file, at, "checksum of the footer is " + Integer.toHexString(actual) + ", stored is "
                    + Integer.toHexString(Bytes.getInt(bytes, CRC_AT)));
        }
        if (Bytes.getInt(bytes, 48) != FORMAT_VERSION) {
            throw Damage.format(file, "table format " + Bytes.getInt(bytes, 48) + ", this library reads "
                    + FORMAT_VERSION + "; use a newer version of the library");
        }
        if (Bytes.getLong(bytes, 40) != fileLength) {
            throw Damage.at(file, at + 40, "the file has " + fileLength + " bytes, it was written with "
                    + Bytes.getLong(bytes, 40));
        }
        TableFooter footer = new TableFooter(get(bytes, 0), get(bytes, 12), get(bytes, 24), fileLength,
                (Bytes.getInt(bytes, 36) & ONE_VERSION) != 0);
        if (footer.index.isPresent()) {
            footer.require(footer.index, "index", file);
        }
        footer.require(footer.properties, "properties", file);
        if (footer.filter.isPresent()) {
            footer.require(footer.filter, "filter", file);
        }
        return footer;
    }

    private void require(BlockHandle handle, String what, Path file) {
        if (!contains(handle)) {
            throw Damage.at(file, fileLength - LENGTH, "the footer places the " + what + " at " + handle
                    + ", outside the file");
        }
    }

    /** Whether the block lies between header and footer. */
    boolean contains(BlockHandle handle) {
        return handle.length() > 0 && handle.offset() >= FileHeader.LENGTH
                && handle.offset() <= fileLength - LENGTH - BlockHandle.TRAILER - handle.length();
    }

    private static void put(byte[] bytes, int at, BlockHandle handle) {
        Bytes.putLong(bytes, at, handle.offset());
        Bytes.putInt(bytes, at + 8, handle.length());
    }

    private static BlockHandle get(byte[] bytes, int at) {
        return new BlockHandle(Bytes.getLong(bytes, at), Bytes.getInt(bytes, at + 8));
    }
}
