// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.table;

import io.sett.engine.lsm.internal.base.Bytes;
import io.sett.engine.lsm.internal.base.InternalKey;
import io.sett.engine.lsm.internal.codec.ByteWriter;
import io.sett.engine.lsm.internal.codec.Varint;
import java.util.Arrays;

/** Collects the entries of one raw block, in order, and lays them out. Reusable; one thread at a time. */
final class BlockWriter {

    private final ByteWriter keys = new ByteWriter(4096);
    private final ByteWriter cells = new ByteWriter(4096);
    private int[] keyEnds = new int[64];
    private int[] cellEnds = new int[64];
    private long[] trailers = new long[64];
    private int[] offsets = new int[64];
    private int count;
    private long minVersion;
    private long maxVersion;

    void reset() {
        keys.reset();
        cells.reset();
        count = 0;
        minVersion = Long.MAX_VALUE;
        maxVersion = 0;
    }

    BlockWriter() {
        reset();
    }

    void add(byte[] key, int keyOffset, int keyLength, long trailer, byte[] cell, int cellOffset, int cellLength) {
        if (count == trailers.length) {
            keyEnds = Arrays.copyOf(keyEnds, count * 2);
            cellEnds = Arrays.copyOf(cellEnds, count * 2);
            trailers = Arrays.copyOf(trailers, count * 2);
            offsets = Arrays.copyOf(offsets, count * 2);
        }
        keys.putBytes(key, keyOffset, keyLength);
        cells.putBytes(cell, cellOffset, cellLength);
        keyEnds[count] = keys.length();
        cellEnds[count] = cells.length();
        trailers[count++] = trailer;
        long version = InternalKey.version(trailer);
        minVersion = Math.min(minVersion, version);
        maxVersion = Math.max(maxVersion, version);
    }

    int count() {
        return count;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** About how long the raw block would be now; an upper bound but for very long entries. */
    int estimatedLength() {
        return Block.HEADER + keys.length() + cells.length() + count * 8;
    }

    /** The array with the last user key, from {@link #lastKeyOffset} on. */
    byte[] keyArray() {
        return keys.array();
    }

    int lastKeyOffset() {
        return count < 2 ? 0 : keyEnds[count - 2];
    }

    int lastKeyLength() {
        return keyEnds[count - 1] - lastKeyOffset();
    }

    long lastTrailer() {
        return trailers[count - 1];
    }

    /** Appends the raw block to the target. At least one entry must have been added. */
    void finish(ByteWriter target) {
        int prefix = sharedPrefix();
        int width = versionWidth(maxVersion - minVersion);
        int entriesLength = layOut(prefix, width);
        int offsetWidth = entriesLength <= 0xffff ? 2 : 4;
        int start = target.reserve(Math.addExact(Block.HEADER + prefix + count * offsetWidth, entriesLength));
        byte[] out = target.array();
        Bytes.putInt(out, start, count);
        Bytes.putInt(out, start + 4, prefix);
        Bytes.putLong(out, start + 8, minVersion);
        out[start + 16] = (byte) width;
        out[start + 17] = (byte) offsetWidth;
        Bytes.putShort(out, start + 18, 0);
        System.arraycopy(keys.array(), 0, out, start + Block.HEADER, prefix);
        int at = start + Block.HEADER + prefix;
        for (int i = 0; i < count; i++, at += offsetWidth) {
            if (offsetWidth == 2) {
                Bytes.putShort(out, at, offsets[i]);
            } else {
                Bytes.putInt(out, at, offsets[i]);
            }
        }
        writeEntries(out, at, prefix, width);
    }

    private void writeEntries(byte[] out, int from, int prefix, int width) {
        int at = from;
        int keyStart = 0;
        int cellStart = 0;
        for (int i = 0; i < count; i++) {
            int suffix = keyEnds[i] - keyStart - prefix;
            int cellLength = cellEnds[i] - cellStart;
            at = Varint.write(out, at, suffix);
            at = Varint.write(out, at, cellLength);
            out[at++] = (byte) InternalKey.kind(trailers[i]);
            long delta = InternalKey.version(trailers[i]) - minVersion;
            for (int b = 0; b < width; b++) {
                out[at++] = (byte) (delta >>> 8 * b);
            }
            System.arraycopy(keys.array(), keyStart + prefix, out, at, suffix);
            at += suffix;
            System.arraycopy(cells.array(), cellStart, out, at, cellLength);
            at += cellLength;
            keyStart = keyEnds[i];
            cellStart = cellEnds[i];
        }
    }

    /** Since keys are sorted, what the first and the last share, all do. */
    private int sharedPrefix() {
        return Bytes.commonPrefix(keys.array(), 0, keyEnds[0], keys.array(), lastKeyOffset(), lastKeyLength());
    }

    private int layOut(int prefix, int width) {
        int at = 0;
        int keyStart = 0;
        int cellStart = 0;
        for (int i = 0; i < count; i++) {
            offsets[i] = at;
            int suffix = keyEnds[i] - keyStart - prefix;
            int cellLength = cellEnds[i] - cellStart;
            int head = Varint.length(suffix) + Varint.length(cellLength) + 1 + width;
            at = Math.addExact(at, Math.addExact(head + suffix, cellLength));
            keyStart = keyEnds[i];
            cellStart = cellEnds[i];
        }
        return at;
    }

    private static int versionWidth(long delta) {
        return (64 - Long.numberOfLeadingZeros(delta) + 7) / 8;
    }
}
