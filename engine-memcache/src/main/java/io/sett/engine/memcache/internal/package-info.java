// SPDX-License-Identifier: Apache-2.0
/** The service that announces this engine. Below it, from top to bottom: cache, shard, index, expiry, entry, slab. */
@NullMarked
package io.sett.engine.memcache.internal;

import org.jspecify.annotations.NullMarked;
