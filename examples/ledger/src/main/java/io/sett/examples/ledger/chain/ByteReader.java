// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.chain;

/**
 * A cursor over the bytes of one block that checks every step and knows where in which file it stands. For one thread.
 *
 * <p>Each read names what it reads; if the bytes run out, that name is in the {@link MalformedBlockException}.
 */
final class ByteReader {
    private final String file;
    private final long base;
    private final byte[] bytes;
    private int position;

    ByteReader(RawBlock block) {
        this.file = block.file();
        this.base = block.offset();
        this.bytes = block.bytes();
    }

    /** The bytes underneath, not copied. */
    byte[] array() {
        return bytes;
    }

    /** Distance from the start of the block. */
    int position() {
        return position;
    }

    int remaining() {
        return bytes.length - position;
    }

    int u8(String what) {
        require(1, what);
        return bytes[position++] & 0xff;
    }

    int peek(int ahead, String what) {
        require(ahead + 1, what);
        return bytes[position + ahead] & 0xff;
    }

    int u16(String what) {
        return (int) littleEndian(2, what);
    }

    int i32(String what) {
        return (int) littleEndian(4, what);
    }

    long u32(String what) {
        return littleEndian(4, what);
    }

    long i64(String what) {
        return littleEndian(8, what);
    }

    Hash256 hash(String what) {
        require(Hash256.BYTES, what);
        Hash256 hash = Hash256.copyOf(bytes, position);
        position += Hash256.BYTES;
        return hash;
    }

    void skip(int count, String what) {
        require(count, what);
        position += count;
    }

    /** A compact size and as many bytes behind it. */
    ByteString lengthAndBytes(String what) {
        int start = position;
        long length = CompactSize.read(this, what);
        if (length < 0 || length > remaining()) {
            throw malformedAt(start, what + " (" + Long.toUnsignedString(length) + " bytes)",
                    "the end of the block after " + remaining() + " bytes");
        }
        ByteString result = ByteString.copyOf(bytes, position, (int) length);
        position += (int) length;
        return result;
    }

    /**
     * A compact size that counts things of at least {@code least} bytes each. A count that the bytes left cannot hold
     * is
     * refused before anything is allocated for it.
     */
    int count(String what, String things, int least) {
        int start = position;
        long count = CompactSize.read(this, what);
        long most = remaining() / least;
        if (count < 0 || count > most) {
            throw malformedAt(start,
                    what + " of at most " + most + " " + things + " (" + remaining() + " bytes are left)",
                    Long.toUnsignedString(count) + " " + things);
        }
        return (int) count;
    }

    MalformedBlockException malformedAt(int at, String expected, String found) {
        return new MalformedBlockException(file, base + at, expected, found);
    }

    private long littleEndian(int width, String what) {
        require(width, what);
        long value = 0;
        for (int i = width - 1; i >= 0; i--) {
            value = value << 8 | bytes[position + i] & 0xff;
        }
        position += width;
        return value;
    }

    private void require(int count, String what) {
        if (count > remaining()) {
            throw malformedAt(position, what + " (" + count + " bytes)",
                    "the end of the block after " + remaining() + " bytes");
        }
    }
}
