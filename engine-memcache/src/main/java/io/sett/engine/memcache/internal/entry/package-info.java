// SPDX-License-Identifier: Apache-2.0
/**
 * Entries as they lie in blocks of a {@link io.sett.engine.memcache.internal.slab.SlabHeap}. Integers are in the byte
 * order of the machine; times are milliseconds since 1970:
 *
 * <pre>
 *  0   4  block header                                   (see the slab package)
 *  4   4  expiry bits 45…32 | key length (16) | flags (2)
 *  8   4  expiry bits 31…0                               0 in all: never
 * 12   4  next entry in the bucket of the timer wheel    0: none
 * 16   4  previous entry, or ~bucket for the first one
 * 20   6  creation time, only with store_creation_time
 * 20 or 26   key (UTF-8), then value, then up to 23 bytes of padding
 * </pre>
 *
 * <p>The length of the value follows from the length of the block. With the 12 bytes of an index slot at a load of
 * about 0.82 an entry costs 20 (26) + 15 + half a unit of padding, about 38 (44) bytes.
 */
@NullMarked
package io.sett.engine.memcache.internal.entry;

import org.jspecify.annotations.NullMarked;
