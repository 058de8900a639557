// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.table;

import io.sett.engine.lsm.internal.base.Bytes;
import io.sett.engine.lsm.internal.codec.ByteReader;
import io.sett.engine.lsm.internal.codec.ByteWriter;
import java.nio.file.Path;

/**
 * What a table says of itself. Tags in the file, in this order: 1 smallest … 13, 14 to 16 when it deletes ranges, 17 when
 * it refers to the value log, and 18 when entries are shadowed.
 *
 * @param smallest internal key with the first user key, of an entry or a range that is deleted
 * @param largest internal key with the last user key
 * @param entries all entries
 * @param tombstones deletions among them
 * @param minVersion lowest version
 * @param maxVersion highest version
 * @param expiring entries with an expiry
 * @param minExpiry earliest expiry in milliseconds since 1970, 0 when nothing expires
 * @param maxExpiry latest expiry, 0 when nothing expires
 * @param rawKeyBytes user keys before compression
 * @param rawCellBytes cells before compression
 * @param dataBytes data blocks as stored
 * @param createdAt milliseconds since 1970
 * @param rangeDeletions fragments of deleted ranges
 * @param rangeDeletionsAt where their block begins, 0 when there are none
 * @param rangeDeletionsLength length of its content
 * @param references how much of which value-log files its entries refer to
 * @param shadowed entries that lie behind a newer one of their key in this table
 */
public record TableProperties(byte[] smallest, byte[] largest, long entries, long tombstones, long minVersion,
        long maxVersion, long expiring, long minExpiry, long maxExpiry, long rawKeyBytes, long rawCellBytes,
        long dataBytes, long createdAt, long rangeDeletions, long rangeDeletionsAt, long rangeDeletionsLength,
        ValueReferences references, long shadowed) {

    private static final int NUMBERS = 16;
    private static final int REQUIRED = 13;
    private static final int REFERENCES = 17;
    private static final int SHADOWED = 18;

    BlockHandle rangeDeletionBlock() {
        return new BlockHandle(rangeDeletionsAt, (int) Math.min(Integer.MAX_VALUE, rangeDeletionsLength));
    }

    byte[] encode() {
        ByteWriter out = new ByteWriter(256);
        out.putVarint(1).putBlob(smallest);
        out.putVarint(2).putBlob(largest);
        long[] numbers = {entries, tombstones, minVersion, maxVersion, expiring, minExpiry, maxExpiry, rawKeyBytes,
            rawCellBytes, dataBytes, createdAt, rangeDeletions, rangeDeletionsAt, rangeDeletionsLength};
        byte[] number = new byte[Long.BYTES];
        for (int i = 0; i < (rangeDeletions == 0 ? REQUIRED - 2 : numbers.length); i++) {
            Bytes.putLong(number, 0, numbers[i]);
            out.putVarint(3L + i).putBlob(number);
        }
        if (!references.isEmpty()) {
            ByteWriter blob = new ByteWriter(64);
            references.encode(blob);
            out.putVarint(REFERENCES).putBlob(blob.toByteArray());
        }
        if (shadowed > 0) {
            Bytes.putLong(number, 0, shadowed);
            out.putVarint(SHADOWED).putBlob(number);
        }
        return out.toByteArray();
    }

    static TableProperties decode(byte[] data, int length, Path file, long offset) {
        ByteReader in = new ByteReader(data, 0, length, file, offset);
        byte[][] values = new byte[SHADOWED + 1][];
        while (in.hasRemaining()) {
            long tag = in.getVarint();
            byte[] value = in.getBlob();
            if (tag >= 1 && tag <= SHADOWED) {
                values[(int) tag] = value;
            }
        }
        for (int tag = 1; tag <= (values[14] == null ? REQUIRED : NUMBERS); tag++) {
            if (values[tag] == null || values[tag].length < Long.BYTES || tag > 2 && values[tag].length != Long.BYTES) {
                throw in.damage("property " + tag + " is missing or malformed");
            }
        }
        byte[] references = values[REFERENCES];
        if (values[SHADOWED] != null && values[SHADOWED].length != Long.BYTES) {
            throw in.damage("property " + SHADOWED + " is malformed");
        }
        return new TableProperties(values[1], values[2], number(values, 3), number(values, 4), number(values, 5),
                number(values, 6), number(values, 7), number(values, 8), number(values, 9), number(values, 10),
                number(values, 11), number(values, 12), number(values, 13), number(values, 14), number(values, 15),
                number(values, 16), references == null ? ValueReferences.NONE
                        : ValueReferences.decode(new ByteReader(references, 0, references.length, file, offset)),
                number(values, SHADOWED));
    }

    private static long number(byte[][] values, int tag) {
        return values[tag] == null ? 0 : Bytes.getLong(values[tag], 0);
    }
}
