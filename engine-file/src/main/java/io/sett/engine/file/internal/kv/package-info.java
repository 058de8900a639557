// SPDX-License-Identifier: Apache-2.0
/**
 * A file store in a key-value store. All keys begin with a prefix that the opener chooses:
 *
 * <pre>
 *   prefix 'h'                           header
 *   prefix 'n' directory 0x00 last part  one file or directory; names in UTF-8, the root is the empty directory
 *   prefix 'c' content id  index         one chunk of a content; both numbers 8 bytes, big-endian
 *   prefix 'u' content id                the content belongs to no file: being written, or replaced and not yet deleted
 *
 *   header: 0 magic 8 "SETTKVFS", 8 version 4 (1), 12 chunk size 4, 16 made 8, 24 CRC32C 4 of the 24 bytes before
 *
 *   entry:  0 version        1   1
 *           1 type           1   0 directory, 1 file with its content here, 2 file in chunks
 *           2 flags          1   bit 0: the SHA-256 is there
 *           3 created        8   milliseconds since 1970
 *          11 modified       8   milliseconds since 1970
 *          19 length         8   of the content
 *          27 content id     8   of type 2, else 0
 *          35 SHA-256       32   zeros without bit 0
 *          67 content        n   of type 1
 *      67 + n CRC32C         4   of all bytes before
 *
 *   chunk:  content bytes, then the CRC32C of content id, index and these bytes, 4 bytes
 * </pre>
 *
 * Numbers in values are little-endian. Content of up to 4096 bytes lies in its entry. Longer content is written chunk
 * by chunk under a new id that the mark {@code 'u'}, written with the first chunk, declares to belong to nobody. One
 * transaction makes it the content of its name: it writes the entry and the missing directories, takes the mark away
 * and marks the content that was there before. So a name has the old or the new content whole, whatever happens. A
 * marked content is deleted when nobody reads it any more, and at the latest by the next open.
 */
@NullMarked
package io.sett.engine.file.internal.kv;

import org.jspecify.annotations.NullMarked;
