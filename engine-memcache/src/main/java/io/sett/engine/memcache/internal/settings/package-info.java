// SPDX-License-Identifier: Apache-2.0
/** The settings of the cache: what is documented, with its defaults, in one schema. */
@NullMarked
package io.sett.engine.memcache.internal.settings;

import org.jspecify.annotations.NullMarked;
