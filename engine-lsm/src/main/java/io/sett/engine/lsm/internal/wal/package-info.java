// SPDX-License-Identifier: Apache-2.0
/**
 * The write-ahead log: one or more files for each memtable, one record for each commit. Values that are stored apart
 * from their keys stand in it once, as frames of their own before the record of their commit; a log that has such values
 * stays when its memtable has been flushed and is then a file of the value log.
 *
 * <p>Form of a log file ({@code 000002.wal}), all numbers little-endian:
 *
 * <pre>
 * +--------------------+----------+----------+-----+----------------------+
 * | file header, 64 B  | frame    | frame    | ... | zeros (preallocated) |
 * +--------------------+----------+----------+-----+----------------------+
 *
 * frame
 * +--------------------+-----------------+------------------+-----------+----------+
 * | type:4 length:28   | CRC32C of the   | sum of the first | payload   | end mark |
 * | (u32)              | payload (u32)   | 8 bytes and salt | length B  | 0xE7     |
 * +--------------------+-----------------+------------------+-----------+----------+
 *
 * payload of WHOLE (type 1) and FIRST (2)
 * +------------------+-----------------+---------------+----------------------------+
 * | commit version   | forced up to    | operations    | operations, or their first |
 * | (varint)         | (varint)        | (varint)      | part                       |
 * +------------------+-----------------+---------------+----------------------------+
 * payload of MIDDLE (3) and LAST (4):  commit version (varint), the next part
 * payload of VALUE (5):                a value, or the next 256 KiB of it; as stored, so it may be compressed
 *
 * operation
 * +-----------+----------------------+-----+-----------------------+------------+
 * | kind (u8) | key length (varint)  | key | cell length (varint)  | value cell |
 * +-----------+----------------------+-----+-----------------------+------------+
 * </pre>
 *
 * <p>The cell of a deleted range (kind 3) is its end, the first key behind it.
 *
 * <p>A commit is any number of VALUE frames and then a WHOLE frame, or FIRST, MIDDLE … LAST. Its operations of kind
 * PUT_POINTER say where their values begin ({@link io.sett.engine.lsm.internal.base.ValuePointer}).
 *
 * <p>A commit counts when its WHOLE or LAST frame, and all before it, is whole, so it is all there or not at all.
 * Versions of the commits in the logs follow each other without a gap.
 *
 * <p><b>Forced up to</b> is the offset up to which this log was known to be on the device when the record was written,
 * 0 when nothing of it was; before a log is forced all earlier logs are, so any value above 0 vouches for them. It
 * tells damage from a torn tail: what a later record vouches for must be whole, and anything else is
 * {@linkplain io.sett.api.error.CorruptionException corruption}; what nobody vouches for may be torn in any order by a
 * power cut and is cut behind the last whole commit, together with everything later. A damaged record that shows no
 * unwritten part (each part that a disk writes at once, 512 bytes, has a byte that is not zero, and the end mark is
 * there) was not torn, so it is corruption too.
 *
 * <p>The salt is mixed from the id of the store and the number of the file.
 */
@NullMarked
package io.sett.engine.lsm.internal.wal;

import org.jspecify.annotations.NullMarked;
