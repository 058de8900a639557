// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.store;

import io.sett.api.common.StoreKind;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

/** How many calls went to each kind of store and how long they took. For one thread. */
public final class Timings {
    private final Map<StoreKind, Long> calls = new EnumMap<>(StoreKind.class);
    private final Map<StoreKind, Long> nanos = new EnumMap<>(StoreKind.class);

    /** Runs a call and counts it; a call that throws is counted too. */
    public <T> T time(StoreKind kind, Supplier<T> call) {
        long start = System.nanoTime();
        try {
            return call.get();
        } finally {
            calls.merge(kind, 1L, Long::sum);
            nanos.merge(kind, System.nanoTime() - start, Long::sum);
        }
    }

    /** {@link #time(StoreKind, Supplier)} for a call without a result. */
    public void time(StoreKind kind, Runnable call) {
        time(kind, () -> {
            call.run();
            return true;
        });
    }

    /** Number of calls. */
    public long calls(StoreKind kind) {
        return calls.getOrDefault(kind, 0L);
    }

    /** Time spent in them. */
    public Duration total(StoreKind kind) {
        return Duration.ofNanos(nanos.getOrDefault(kind, 0L));
    }
}
