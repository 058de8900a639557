// SPDX-License-Identifier: Apache-2.0
/**
 * The provider at work. A name becomes a {@link io.sett.provider.internal.store.StorePlan} (which engine, which
 * settings), {@link io.sett.provider.internal.store.StoreOpener} opens it, and
 * {@link io.sett.provider.internal.store.OpenStores} makes sure that this happens once and ends in the reverse order.
 */
@NullMarked
package io.sett.provider.internal.store;

import org.jspecify.annotations.NullMarked;
