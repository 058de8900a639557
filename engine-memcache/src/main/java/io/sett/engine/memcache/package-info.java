// SPDX-License-Identifier: Apache-2.0
/** The memory engine: {@link io.sett.engine.memcache.MemoryCache} opens an off-heap cache without configuration. */
@NullMarked
package io.sett.engine.memcache;

import org.jspecify.annotations.NullMarked;
