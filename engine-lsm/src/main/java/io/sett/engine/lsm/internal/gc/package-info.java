// SPDX-License-Identifier: Apache-2.0
/**
 * Rank 11: garbage collection of the value log.
 *
 * <p>What is alive is known exactly, since every table says how much of each file it refers to; nothing is guessed and
 * nothing is looked up. A file with much that is dead is emptied by writing anew the tables that refer to it: their
 * live values are copied to another file and the new tables point there. So collecting is a kind of compaction: it
 * writes no key a second time, cannot bring back what was deleted, and readers go on in the old tables and files, which
 * are deleted when nobody holds them.
 */
@NullMarked
package io.sett.engine.lsm.internal.gc;

import org.jspecify.annotations.NullMarked;
