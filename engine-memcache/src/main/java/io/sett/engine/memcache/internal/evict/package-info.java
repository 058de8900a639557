// SPDX-License-Identifier: Apache-2.0
/**
 * Which entry makes room. Instead of linked lists (8 bytes an entry and a lock for every read) each index slot has a
 * stamp of 4 bytes. A victim is the best of up to 64 neighbours in the index, which is in the order of hashes, so they
 * are a random sample and lie in a few cache lines. A shard with no more than 64 entries is searched whole: exact.
 */
@NullMarked
package io.sett.engine.memcache.internal.evict;

import org.jspecify.annotations.NullMarked;
