// SPDX-License-Identifier: Apache-2.0
/**
 * The contract of caches: extend {@link io.sett.testkit.cache.CacheStoreContract}. Each theme is an interface whose
 * default methods are the tests. Times to live between five minutes and one hour must be allowed by the settings under
 * test.
 */
@NullMarked
package io.sett.testkit.cache;

import org.jspecify.annotations.NullMarked;
