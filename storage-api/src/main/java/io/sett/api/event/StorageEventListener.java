// SPDX-License-Identifier: Apache-2.0
package io.sett.api.event;

/**
 * Hears of events.
 *
 * <p>Called by one thread at a time, away from the operations that cause the events, so a slow listener holds up later
 * events and no data. Events of one store come in the order in which they happened. The queue is bounded: when it is
 * full, events of severity DEBUG are dropped first and the number dropped is logged, so do not wait in a listener. What
 * it throws is logged, and the next event comes as usual. It may call stores, and close its registration.
 */
@FunctionalInterface
public interface StorageEventListener {

    /** Called once for each event. */
    void onEvent(StorageEvent event);
}
