// SPDX-License-Identifier: Apache-2.0
/**
 * JCache (JSR 107) on the cache engines of Sett: {@link io.sett.jcache.SettCacheConfiguration} for what the standard
 * does not know, the engine and its settings. {@code io.sett.jcache.spi} has the provider.
 */
@NullMarked
package io.sett.jcache;

import org.jspecify.annotations.NullMarked;
