// SPDX-License-Identifier: Apache-2.0
/**
 * What stores tell of themselves while they run: {@link io.sett.api.event.StorageEvent}, for a
 * {@link io.sett.api.event.StorageEventListener}.
 *
 * <p>Events are for people and for what watches over a system. No part of the library depends on somebody listening,
 * and nothing that matters for the correctness of data is told by an event alone.
 */
@NullMarked
package io.sett.api.event;

import org.jspecify.annotations.NullMarked;
