// SPDX-License-Identifier: Apache-2.0
/**
 * Rank 4: sorted tables, the files that hold everything older than the memtables. Written once, then only read.
 *
 * <h2>File</h2>
 * <pre>
 * +-------------+------------+-----+------------+--------+-------+--------+------------+--------+
 * | file header | data block | ... | data block | filter | index | ranges | properties | footer |
 * | 64          |            |     |            |        |       |        |            | 64     |
 * +-------------+------------+-----+------------+--------+-------+--------+------------+--------+
 * </pre>
 * The header is that of the codec package with kind "TABL". The filter may be missing, and so may
 * the deleted ranges, and data and index of a table that only deletes ranges. Little-endian throughout.
 *
 * <h2>Block on disk</h2>
 * <pre>
 * | content, n bytes | codec id, 1 | CRC32C of content and codec id, 4 |
 * </pre>
 * A handle (offset, n) leads to it. Content is the raw block, or with a codec the varint raw length and the compressed
 * bytes. Filter, ranges and properties are never compressed.
 *
 * <h2>Raw data or index block</h2>
 * <pre>
 * offset        size          field
 *      0           4          count of entries c, u32, at least 1
 *      4           4          length p of the prefix that all user keys share, u32
 *      8           8          base version b: the lowest in the block, u64
 *     16           1          width w of a version, 0 … 7 bytes
 *     17           1          width o of an offset: 2 or 4 bytes
 *     18           2          zero
 *     20           p          prefix
 *   20+p         o*c          offset of each entry, counted from the first one
 *    ...                      entries, in order:
 *                             varint  length of the user key behind the prefix
 *                             varint  length of the cell
 *                             1       kind
 *                             w       version - b
 *                                     user key behind the prefix
 *                                     cell
 * </pre>
 * Offsets of all entries allow a binary search without decoding and make walking back as cheap as walking on; the
 * prefix and the base version take the place of delta coding. In the index a cell is a handle (varint offset, varint n)
 * and the key a separator: at or behind the last key of that block, before the first key of the next block. When two
 * blocks share a user key the separator is the exact last key, else its version is 0, so that a search for a user key
 * and version ends in the only block that can answer.
 *
 * <h2>Filter</h2>
 * <pre>
 * | count of lines, u32 | probes, u8 | zero, 3 | lines of 64 bytes |
 * </pre>
 * A blocked Bloom filter (Putze, Sanders, Singler 2007) over the XXH64 hashes h of user keys: line = high 64 bits of
 * (h &gt;&gt;&gt; 1) * (2 * count); each probe takes the top nine bits of g, then g *= 0x9E3779B97F4A7C15, starting
 * from g = h * that constant.
 *
 * <h2>Deleted ranges</h2>
 * <pre>
 * varint count of fragments, each: blob start, blob end (excluded), varint count of versions, the versions as varints
 * </pre>
 * A blob is a varint length and the bytes. Fragments ascend and do not overlap; versions descend. A fragment deletes
 * what lower versions wrote to its keys. The bounds of the table in its properties and in the manifest cover the
 * fragments; a fragment that ends at a key whose last byte is 0 reaches up to the key without it. Example: "b" to "d"
 * deleted by version 300: {@code 01 01 62 01 64 01 ac 02}.
 *
 * <h2>Properties</h2>
 * Records of varint tag, varint length, value; unknown tags are skipped. See TableProperties.
 *
 * <h2>Footer</h2>
 * <pre>
 *      0  8  offset of the index      8  4  its n
 *     12  8  offset of the filter    20  4  its n, 0 = no filter
 *     24  8  offset of properties    32  4  their n
 *     36  4  flags                   40  8  length of the file
 *     48  4  format version          52  4  CRC32C of bytes 0 … 51
 *     56  8  "SETTTEND"
 * </pre>
 * Flag 1: all entries have one version, the highest version in the properties, whatever stands in the data blocks (base
 * version 0, w = 0). Such a table was loaded in bulk, and written before its version was known.
 */
@NullMarked
package io.sett.engine.lsm.internal.table;

import org.jspecify.annotations.NullMarked;
