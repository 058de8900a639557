// SPDX-License-Identifier: Apache-2.0
/**
 * Keyspaces for any ordered store that deletes ranges: {@link io.sett.spi.keyspace.KeyspaceStore} over a store gives it
 * the capability KEYSPACES. Keys of the default keyspace are stored as they are, but for those that begin with FF.
 *
 * <pre>
 * stored key                  what it is
 * any but FF…                 key of the default keyspace
 * FF 00 rest                  key "FF rest" of the default keyspace
 * FF 01 id key                key of the named keyspace with that number
 * FF 02 name in UTF-8         value: number of the keyspace of that name, 4 bytes, big-endian
 * FF 03                       value: the highest number given out so far, 4 bytes, big-endian
 *
 * id, big-endian:  1 byte for numbers below 128, else 4 bytes: the number with the highest bit set
 * </pre>
 * The order of keys within a keyspace is kept, and each keyspace is one range. Numbers are never used again, so what a
 * late writer leaves in a dropped keyspace is seen by nobody; it is removed when the store is next opened and keyspaces
 * are used. Example: key "a" of the first named keyspace is {@code ff 01 01 61}.
 */
@NullMarked
package io.sett.spi.keyspace;

import org.jspecify.annotations.NullMarked;
