// SPDX-License-Identifier: Apache-2.0
/**
 * What every contract stands on: {@link io.sett.testkit.EngineHarness} names the engine under test,
 * {@link io.sett.testkit.StoreFixture} opens its stores with a clock and a scheduler that tests turn, and
 * {@link io.sett.testkit.StoreContract} is the root of the contracts for the single kinds of stores.
 *
 * <p>The author of an engine extends one class for each kind that the engine offers:
 * <pre>{@code
 * class MyKVStoreTest extends KVStoreContract {
 *     protected EngineProvider engine() {
 *         return new MyEngineProvider();
 *     }
 * }
 * }</pre>
 *
 * <p>Rules that the contracts set beyond the interfaces: a store hands out its {@link io.sett.spi.HandleTracker} by
 * {@code unwrap}; an entry with a time to live is gone from the very moment of its expiry on; with an empty settings
 * map a store puts its files below the data root of its context.
 */
@NullMarked
package io.sett.testkit;

import org.jspecify.annotations.NullMarked;
