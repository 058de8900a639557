// SPDX-License-Identifier: Apache-2.0
/**
 * Memory outside the Java heap, bounds-checked, and an allocator of blocks in it.
 *
 * <p>A {@link io.sett.engine.memcache.internal.slab.SlabHeap} divides its slabs into blocks. All integers are in the
 * byte order of the machine; sizes count units of 8 bytes; a slab is covered by blocks without gaps:
 *
 * <pre>
 * any block    0   4  units &lt;&lt; 5 | padding      padding = bytes of the block that its owner did not ask for
 *              4   4  owner's 30 bits &lt;&lt; 2 | PREVIOUS_FREE &lt;&lt; 1 | FREE
 * used block   8   …  owner's bytes
 * free block   8   4  next free block of its class (a reference, 0: none)
 *             12   4  previous free block of its class
 *          end-4   4  units, so that the block behind can find the start of this one
 * </pre>
 *
 * <p>The smallest block has 3 units. Free neighbours are merged at once. References are 31-bit numbers: the number of
 * the slab from 1 on, then 17 bits for the unit in the slab.
 */
@NullMarked
package io.sett.engine.memcache.internal.slab;

import org.jspecify.annotations.NullMarked;
