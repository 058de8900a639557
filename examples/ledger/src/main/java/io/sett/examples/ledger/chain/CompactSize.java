// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.chain;

/**
 * Bitcoin's variable-length unsigned number: one byte below 253, else a mark byte (253, 254, 255) and 2, 4 or 8
 * little-endian bytes. Only the shortest form is valid; otherwise one block would have several serializations.
 */
final class CompactSize {
    private static final int MARK_16 = 253;
    private static final int MARK_32 = 254;
    private static final int MARK_64 = 255;

    private CompactSize() {
    }

    /** Reads a number; one above {@code Long.MAX_VALUE} comes back negative. */
    static long read(ByteReader in, String what) {
        int start = in.position();
        int first = in.u8(what);
        if (first < MARK_16) {
            return first;
        }
        long value;
        long least;
        switch (first) {
            case MARK_16 -> {
                value = in.u16(what);
                least = MARK_16;
            }
            case MARK_32 -> {
                value = in.u32(what);
                least = 1L << 16;
            }
            default -> {
                value = in.i64(what);
                least = 1L << 32;
            }
        }
        if (Long.compareUnsigned(value, least) < 0) {
            throw in.malformedAt(start, what + " as a compact size in its shortest form",
                    Long.toUnsignedString(value) + " behind mark byte " + first);
        }
        return value;
    }

    /** Number of bytes in which {@code value} (not negative) is written. */
    static int width(long value) {
        if (value < MARK_16) {
            return 1;
        }
        if (value < 1L << 16) {
            return 3;
        }
        return value < 1L << 32 ? 5 : 9;
    }
}
