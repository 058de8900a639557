// SPDX-License-Identifier: Apache-2.0
package io.sett.jcache.internal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One change of a cache: collects the events that somebody waits for. One thread. */
final class Step {

    private record Expected(EventLane lane, EventLane.Ticket ticket) {
    }

    private final List<Expected> events = new ArrayList<>(0);

    void await(EventLane lane, EventLane.Ticket ticket) {
        events.add(new Expected(lane, ticket));
    }

    /** Waits until all are delivered; throws the first failure of a listener. Not under the lock of a key. */
    void deliver() {
        RuntimeException failure = null;
        for (Expected event : events) {
            try {
                event.lane().await(event.ticket());
            } catch (RuntimeException e) {
                failure = join(failure, e);
            }
        }
        events.clear();
        if (failure != null) {
            throw failure;
        }
    }

    private static RuntimeException join(@Nullable RuntimeException first, RuntimeException next) {
        if (first == null) {
            return next;
        }
        first.addSuppressed(next);
        return first;
    }
}
