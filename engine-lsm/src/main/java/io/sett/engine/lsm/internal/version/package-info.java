// SPDX-License-Identifier: Apache-2.0
/**
 * Which files make up the store: {@link io.sett.engine.lsm.internal.version.Version} in memory, the manifest on disk.
 *
 * <p>Form of a manifest ({@code MANIFEST-000001}), numbers little-endian:
 *
 * <pre>
 * +--------------------+----------+----------+-----
 * | file header, 64 B  | record 0 | record 1 | ...       kind MANI; its format version is that of the store
 * +--------------------+----------+----------+-----
 *
 * record
 * +---------------+---------------+--------------------------------+------------------+
 * | length (u32)  | number (u32)  | CRC32C of the file's id (u64), | edit, length B   |
 * |               |               | length, number and edit (u32)  |                  |
 * +---------------+---------------+--------------------------------+------------------+
 *
 * edit: fields, each a tag and its content, all numbers varints, byte strings with their length before them
 *   1 table added:    id, level, size, smallest, largest, min version, max version, entries, tombstones, created (ms)
 *   2 table deleted:  level, id
 *   3 log begun:      id
 *   4 logs below this id are no longer needed
 *   5 file ids from this one on are free
 *   6 commits up to this version are in tables
 *   7 references of the table just added: see ValueReferences; left out when there are none
 *   8 value-log file added or grown: id, size, 1 for a log or 0, created (ms)
 *   9 value-log file deleted: id
 *  10 of the table just added, left out when all are 0: shadowed entries, entries that expire, earliest and latest expiry
 *     (ms)
 *  16 table added that deletes ranges: the fields of 1, fragments of deleted ranges
 * 127 end
 * </pre>
 *
 * <p>Record 0 describes the whole store at that time; the others are steps. Each record is forced before the next is
 * written, so at most the last one can be torn. CURRENT holds the name of the manifest, a space, the CRC32C of the name
 * in hexadecimal and a line feed; it is replaced by an atomic rename after the new manifest has been forced.
 */
@NullMarked
package io.sett.engine.lsm.internal.version;

import org.jspecify.annotations.NullMarked;
