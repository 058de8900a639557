// SPDX-License-Identifier: Apache-2.0
/**
 * The contract of key-value stores: extend {@link io.sett.testkit.kv.KVStoreContract}. Each theme is an interface whose
 * default methods are the tests.
 *
 * <p>Where {@link io.sett.api.kv} leaves room, the contract chooses: a cursor whose move answered false stands off the
 * end, so {@code next} and {@code prev} answer false until the next {@code first}, {@code last} or seek; with the
 * interrupt flag set a write throws {@link io.sett.api.error.CancelledException} and writes nothing; an entry is gone
 * from the very moment of its expiry on.
 */
@NullMarked
package io.sett.testkit.kv;

import org.jspecify.annotations.NullMarked;
