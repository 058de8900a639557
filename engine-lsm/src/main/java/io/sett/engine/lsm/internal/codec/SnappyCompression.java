// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.codec;

import io.sett.engine.lsm.internal.base.Bytes;
import java.util.Arrays;

/**
 * Snappy's raw format in Java. Format: https://github.com/google/snappy/blob/main/format_description.txt — the length
 * as a varint, then literals and copies. The compressor finds matches of at least four bytes through a hash table over
 * fragments of 64 KiB and skips faster and faster through data that does not compress.
 */
final class SnappyCompression implements Compression {

    private static final int FRAGMENT = 1 << 16;
    private static final int MAX_TABLE = 1 << 14;
    private static final int MIN_TABLE = 1 << 8;
    private static final int MARGIN = 15;
    private static final int MULTIPLIER = 0x1e35a7bd;

    private final short[] table = new short[MAX_TABLE];

    @Override
    public CompressionType type() {
        return CompressionType.SNAPPY;
    }

    @Override
    public int maxCompressedLength(int rawLength) {
        return Math.addExact(32 + rawLength, rawLength / 6);
    }

    @Override
    public long maxRawLength(int compressedLength) {
        // The densest element is a copy of 64 bytes in three.
        return 22L * compressedLength + 64;
    }

    @Override
    public int compress(byte[] source, int offset, int length, byte[] target, int targetOffset) {
        int out = Varint.write(target, targetOffset, length);
        for (int done = 0; done < length; done += FRAGMENT) {
            out = compressFragment(source, offset + done, Math.min(FRAGMENT, length - done), target, out);
        }
        return out - targetOffset;
    }

    private int compressFragment(byte[] in, int start, int length, byte[] out, int outStart) {
        int end = start + length;
        if (length < MARGIN) {
            return literal(in, start, end, out, outStart);
        }
        int size = MIN_TABLE;
        while (size < MAX_TABLE && size < length) {
            size <<= 1;
        }
        Arrays.fill(table, 0, size, (short) 0);
        int shift = Integer.numberOfLeadingZeros(size) + 1;
        int limit = end - MARGIN;
        int position = start + 1;
        int emitted = start;
        int op = outStart;
        int skip = 32;
        while (position <= limit) {
            int word = Bytes.getInt(in, position);
            int slot = word * MULTIPLIER >>> shift;
            int candidate = start + (table[slot] & 0xffff);
            table[slot] = (short) (position - start);
            if (candidate >= position || Bytes.getInt(in, candidate) != word) {
                position += skip++ >>> 5;
                continue;
            }
            op = literal(in, emitted, position, out, op);
            int matched = 4 + matchLength(in, candidate + 4, position + 4, end);
            op = copy(out, op, position - candidate, matched);
            position += matched;
            emitted = position;
            skip = 32;
            if (position <= limit) {
                table[Bytes.getInt(in, position - 1) * MULTIPLIER >>> shift] = (short) (position - 1 - start);
            }
        }
        return literal(in, emitted, end, out, op);
    }

    private static int matchLength(byte[] in, int candidate, int position, int end) {
        int matched = 0;
        while (position + matched + 8 <= end) {
            long difference = Bytes.getLong(in, candidate + matched) ^ Bytes.getLong(in, position + matched);
            if (difference != 0) {
                return matched + (Long.numberOfTrailingZeros(difference) >>> 3);
            }
            matched += 8;
        }
        while (position + matched < end && in[candidate + matched] == in[position + matched]) {
            matched++;
        }
        return matched;
    }

    private static int literal(byte[] in, int from, int to, byte[] out, int outStart) {
        int length = to - from;
        if (length == 0) {
            return outStart;
        }
        int op = outStart;
        int n = length - 1;
        if (n < 60) {
            out[op++] = (byte) (n << 2);
        } else if (n < 1 << 8) {
            out[op++] = (byte) (60 << 2);
            out[op++] = (byte) n;
        } else {
            out[op++] = (byte) (61 << 2);
            Bytes.putShort(out, op, n);
            op += 2;
        }
        System.arraycopy(in, from, out, op, length);
        return op + length;
    }

    private static int copy(byte[] out, int outStart, int distance, int length) {
        int op = outStart;
        int rest = length;
        while (rest >= 68) {
            op = copyTwoBytes(out, op, distance, 64);
            rest -= 64;
        }
        if (rest > 64) {
            op = copyTwoBytes(out, op, distance, 60);
            rest -= 60;
        }
        if (rest < 12 && distance < 2048) {
            out[op++] = (byte) (1 | rest - 4 << 2 | distance >>> 8 << 5);
            out[op++] = (byte) distance;
            return op;
        }
        return copyTwoBytes(out, op, distance, rest);
    }

    private static int copyTwoBytes(byte[] out, int op, int distance, int length) {
        out[op] = (byte) (2 | length - 1 << 2);
        Bytes.putShort(out, op + 1, distance);
        return op + 3;
    }

    @Override
    public boolean decompress(byte[] source, int offset, int length, byte[] target, int targetOffset, int rawLength) {
        int end = offset + length;
        int in = skipLength(source, offset, end, rawLength);
        int out = targetOffset;
        int outEnd = targetOffset + rawLength;
        if (in < 0) {
            return false;
        }
        while (in < end) {
            int tag = source[in++] & 0xff;
            if ((tag & 3) == 0) {
                int extra = Math.max(0, (tag >>> 2) - 59);
                if (extra > end - in) {
                    return false;
                }
                int n = (extra == 0 ? tag >>> 2 : littleEndian(source, in, extra)) + 1;
                in += extra;
                if (n <= 0 || n > end - in || n > outEnd - out) {
                    return false;
                }
                System.arraycopy(source, in, target, out, n);
                in += n;
                out += n;
                continue;
            }
            int extra = (tag & 3) == 3 ? 4 : tag & 3;
            if (extra > end - in) {
                return false;
            }
            int n = extra == 1 ? (tag >>> 2 & 7) + 4 : (tag >>> 2) + 1;
            int distance = littleEndian(source, in, extra) + (extra == 1 ? tag >>> 5 << 8 : 0);
            in += extra;
            if (distance <= 0 || distance > out - targetOffset || n > outEnd - out) {
                return false;
            }
            copyWithin(target, out, distance, n, outEnd);
            out += n;
        }
        return out == outEnd;
    }

    /** The position behind the length in front, or -1 when it is not the expected one. */
    private static int skipLength(byte[] source, int offset, int end, int rawLength) {
        long value = 0;
        for (int at = offset, shift = 0; at < end && shift < 35; at++, shift += 7) {
            value |= (source[at] & 0x7fL) << shift;
            if (source[at] >= 0) {
                return value == rawLength ? at + 1 : -1;
            }
        }
        return -1;
    }

    private static int littleEndian(byte[] source, int at, int bytes) {
        int value = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            value = value << 8 | source[at + i] & 0xff;
        }
        return value;
    }

    private static void copyWithin(byte[] target, int out, int distance, int n, int outEnd) {
        if (distance >= 8 && out + n + 8 <= outEnd) {
            // May write up to seven bytes too many; they are overwritten by what follows.
            for (int done = 0; done < n; done += 8) {
                Bytes.putLong(target, out + done, Bytes.getLong(target, out + done - distance));
            }
            return;
        }
        for (int i = 0; i < n; i++) {
            target[out + i] = target[out + i - distance];
        }
    }
}
