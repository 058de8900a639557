// SPDX-License-Identifier: Apache-2.0
/** What the standard finds as a service; applications use {@code Caching.getCachingProvider()}. */
@NullMarked
package io.sett.jcache.spi;

import org.jspecify.annotations.NullMarked;
