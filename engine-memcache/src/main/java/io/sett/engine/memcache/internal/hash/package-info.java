// SPDX-License-Identifier: Apache-2.0
/** Hash functions over the UTF-8 form of keys. */
@NullMarked
package io.sett.engine.memcache.internal.hash;

import org.jspecify.annotations.NullMarked;
