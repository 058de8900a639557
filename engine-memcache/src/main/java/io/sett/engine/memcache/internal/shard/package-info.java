// SPDX-License-Identifier: Apache-2.0
/**
 * Shards: each a part of the keys with its own lock, index, blocks, timer wheel and share of the memory limit.
 *
 * <p><b>Writers</b> hold the lock of the shard. <b>Readers</b> hold nothing. A new value is written to a block that
 * nobody can see yet, and then one slot of the index is changed; or, where it fits the old block, is small and no
 * zero-copy reader has a pin, it is copied over the old one, which needs no other memory and touches no neighbour. Only
 * such changes happen inside of a <em>window</em>, during which the sequence number of the shard is odd. A reader that
 * finds the number odd or changed tries again; memory can be read at any time, so all it risks is reading garbage that
 * it throws away. Windows are tens of nanoseconds long, a few hundred for a copy of the largest. User code never runs
 * in a window: readers go on while a function of {@code atomically} runs.
 *
 * <p><b>Zero-copy readers</b> pin the shard. While it is pinned, blocks that are given back wait in quarantine, and
 * nothing is moved or overwritten in place.
 *
 * <p><b>Several keys</b>: the shards are locked in ascending order, entries are prepared, all windows are opened, all
 * slots changed, all windows closed. Readers of several keys note all sequence numbers first and compare them last.
 */
@NullMarked
package io.sett.engine.memcache.internal.shard;

import org.jspecify.annotations.NullMarked;
