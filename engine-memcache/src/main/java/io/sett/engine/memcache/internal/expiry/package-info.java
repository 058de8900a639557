// SPDX-License-Identifier: Apache-2.0
/** Finding the entries whose time is over without looking at the others. */
@NullMarked
package io.sett.engine.memcache.internal.expiry;

import org.jspecify.annotations.NullMarked;
