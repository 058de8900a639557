// SPDX-License-Identifier: Apache-2.0
/**
 * Rank 4: the newest writes, sorted, in memory. One thread writes, any number read without locks.
 *
 * <p>A skip list (Pugh 1990) whose nodes are runs of ints in int[] chunks and whose keys and cells lie in byte[]
 * chunks, so that no object is made per entry. The first eight key bytes stand in the node: a search looks at key bytes
 * only where those are equal. Links are published by release and read by acquire; a node is complete before it is
 * linked. Everything is freed at once, by the garbage collector, when nobody can reach the memtable.
 *
 * <p>Beyond the processor's cache the misses of a search decide. Three things save them: an index by hash leads point
 * lookups to the newest node of a key ({@code PointIndex}); the taller nodes are repeated in an array, from which
 * searches begin ({@code Lane}); and the eight bytes in a node are those behind what the first thousand keys have in
 * common, so that they tell keys apart.
 */
@NullMarked
package io.sett.engine.lsm.internal.memtable;

import org.jspecify.annotations.NullMarked;
