// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.codec;

import io.sett.engine.lsm.internal.base.Bytes;
import io.sett.engine.lsm.internal.base.Damage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;

/**
 * The first 64 bytes of every file, see the package page.
 *
 * @param kind four characters: what kind of file
 * @param formatVersion of that kind of file, from 1
 * @param storeId the store to which the file belongs
 * @param fileId its number in the store
 * @param createdAt milliseconds since 1970
 * @param keyId of the encryption key, 0 when not encrypted
 */
public record FileHeader(String kind, int formatVersion, UUID storeId, long fileId, long createdAt, int keyId) {

    /** Bytes of a header. */
    public static final int LENGTH = 64;

    private static final byte[] MAGIC = "SETT".getBytes(StandardCharsets.US_ASCII);
    private static final int CRC_AT = LENGTH - Integer.BYTES;

    /** Checks the kind. */
    public FileHeader {
        if (kind.length() != 4) {
            throw new IllegalArgumentException("a file kind has four characters, got \"" + kind + "\"");
        }
    }

    /** The 64 bytes. */
    public byte[] encode() {
        byte[] bytes = new byte[LENGTH];
        System.arraycopy(MAGIC, 0, bytes, 0, MAGIC.length);
        System.arraycopy(kind.getBytes(StandardCharsets.US_ASCII), 0, bytes, 4, 4);
        Bytes.putInt(bytes, 8, formatVersion);
        Bytes.putLongBE(bytes, 12, storeId.getMostSignificantBits());
        Bytes.putLongBE(bytes, 20, storeId.getLeastSignificantBits());
        Bytes.putLong(bytes, 28, fileId);
        Bytes.putLong(bytes, 36, createdAt);
        Bytes.putInt(bytes, 44, keyId);
        Bytes.putInt(bytes, CRC_AT, Checksums.crc32c(bytes, 0, CRC_AT));
        return bytes;
    }

    /**
     * Reads a header and checks that it is one, of this kind, and not newer than what the caller can read.
     *
     * @param bytes at least {@link #LENGTH} of them, from the beginning of the file
     */
    public static FileHeader decode(byte[] bytes, String kind, int newestVersion, Path file) {
        if (bytes.length < LENGTH) {
            throw Damage.at(file, 0, "the file has " + bytes.length + " bytes, its header alone has " + LENGTH);
        }
        if (!Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw Damage.at(file, 0, "it does not begin with \"SETT\"");
        }
        int expected = Bytes.getInt(bytes, CRC_AT);
        int actual = Checksums.crc32c(bytes, 0, CRC_AT);
        if (expected != actual) {
            throw Damage.at(file, 0, "checksum of the file header is " + Integer.toHexString(actual) + ", stored is "
                    + Integer.toHexString(expected));
        }
        String found = new String(bytes, 4, 4, StandardCharsets.US_ASCII);
        if (!found.equals(kind)) {
            throw Damage.at(file, 4, "it is a file of kind \"" + found + "\", not \"" + kind + "\"");
        }
        int version = Bytes.getInt(bytes, 8);
        if (version < 1 || version > newestVersion) {
            throw Damage.format(file, "format version " + version + " of \"" + kind + "\", this library reads 1 to "
                    + newestVersion + "; use a newer version of the library");
        }
        UUID store = new UUID(Bytes.getLongBE(bytes, 12), Bytes.getLongBE(bytes, 20));
        return new FileHeader(found, version, store, Bytes.getLong(bytes, 28), Bytes.getLong(bytes, 36),
                Bytes.getInt(bytes, 44));
    }

    /** Fails when the file belongs to another store or carries another number than its name says. */
    public void requireIdentity(UUID expectedStore, long expectedFile, Path file) {
        if (!storeId.equals(expectedStore)) {
            throw Damage.at(file, 12, "it belongs to store " + storeId + ", not to " + expectedStore);
        }
        if (fileId != expectedFile) {
            throw Damage.at(file, 28, "it is file number " + fileId + ", not " + expectedFile);
        }
    }
}
