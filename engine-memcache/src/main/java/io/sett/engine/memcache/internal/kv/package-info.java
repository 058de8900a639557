// SPDX-License-Identifier: Apache-2.0
/**
 * The ordered key-value store in memory: many versions of each key, transactions, snapshots, cursors.
 *
 * <pre>
 *   MemoryKVStore ── VersionReader, MemorySnapshot, MemoryCursor        reading, without locks
 *        │
 *   MemoryTransactions (buffers writes until commit)
 *        │
 *   Committer ── ConflictWindow, ActiveVersions                        one lock orders the commits
 *        │
 *   VersionedMap: skip list of KeyVersions: newest EntryVersion → older → older …
 *   Retention: what nobody can see any more, expired entries, deletions kept for a while
 * </pre>
 *
 * <p>A commit appends its entries under the next version number, which nobody reads yet, and then publishes that
 * number. A reader of version v takes the first entry of a chain that is not above v, so what it sees never changes.
 * Entries below the oldest version that is read are cut off.
 */
@NullMarked
package io.sett.engine.memcache.internal.kv;

import org.jspecify.annotations.NullMarked;
