// SPDX-License-Identifier: Apache-2.0
/** The cache over the shards: operations, TTL rules, statistics, listeners, snapshots, upkeep, alerts, advice. */
@NullMarked
package io.sett.engine.memcache.internal.cache;

import org.jspecify.annotations.NullMarked;
