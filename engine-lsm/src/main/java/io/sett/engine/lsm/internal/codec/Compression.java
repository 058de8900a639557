// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.codec;

/**
 * A codec for blocks. Works on complete blocks in arrays; carries no length of its own in front, see the package page.
 *
 * <p>Threads: {@link #decompress} any; {@link #compress} one at a time, so each writer has an instance of its own.
 */
public interface Compression {

    /** Which codec. */
    CompressionType type();

    /** Room that the compressed form of so many bytes may need at worst. */
    int maxCompressedLength(int rawLength);

    /** Compresses a range into the target and returns the compressed length. */
    int compress(byte[] source, int offset, int length, byte[] target, int targetOffset);

    /** The most raw bytes that so many compressed ones can stand for; more is damage, found before allocating. */
    long maxRawLength(int compressedLength);

    /**
     * Decompresses a range to exactly that many raw bytes. Safe on any input: never reads or writes outside.
     *
     * @return false when the input is malformed or has another raw length
     */
    boolean decompress(byte[] source, int offset, int length, byte[] target, int targetOffset, int rawLength);
}
