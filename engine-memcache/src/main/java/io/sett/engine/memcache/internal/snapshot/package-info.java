// SPDX-License-Identifier: Apache-2.0
/**
 * Snapshot files. All integers big-endian; times are milliseconds since 1970:
 *
 * <pre>
 * header    8  magic "SETTCSNP"
 *           4  format version, 1
 *           8  time of writing
 *           4  CRC32C of the 20 bytes before
 * entry     4  length of the key, 1 to 65535
 *           4  length of the value
 *           8  expiry, 0: never
 *           …  key (UTF-8), value
 *           4  CRC32C of this entry from its first byte on
 * footer    4  0, where an entry would have the length of its key
 *           8  number of entries
 *           4  CRC32C of all bytes of the file before
 * </pre>
 *
 * <p>A file is written under another name, forced, and renamed, so that there is the old file or the new one.
 */
@NullMarked
package io.sett.engine.memcache.internal.snapshot;

import org.jspecify.annotations.NullMarked;
