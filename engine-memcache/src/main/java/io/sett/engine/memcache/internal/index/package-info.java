// SPDX-License-Identifier: Apache-2.0
/**
 * The index of a shard: an open-addressing table outside the heap. A slot has three integers in the byte order of the
 * machine: reference of the entry (0: empty slot; the highest bit
 * tells entries of the main part from new ones), fragment of the hash, mark of the eviction policy.
 *
 * <p>Slots are sorted by fragment (unsigned). A fragment's place is {@code fragment * size >>> 32} or, where that is
 * taken, a little behind it; there is no wrapping around, some slots at the end serve as overflow. So lookups can stop
 * early, the table grows in one sequential pass without looking at an entry, and a walk in the order of fragments meets
 * each entry once whatever happens in between. (Ordered hash tables: O. Amble and D. Knuth, 1974.)
 */
@NullMarked
package io.sett.engine.memcache.internal.index;

import org.jspecify.annotations.NullMarked;
