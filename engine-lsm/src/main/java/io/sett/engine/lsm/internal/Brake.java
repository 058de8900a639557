// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import io.sett.api.event.EventType;
import io.sett.engine.lsm.internal.commit.WriteStallPolicy.Decision;
import io.sett.engine.lsm.internal.commit.WriteThrottle;
import io.sett.engine.lsm.internal.jfr.Flight;
import io.sett.spi.Deadline;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Holds writers up, counts it, and tells when it begins and ends: a time of slow writing is one stall, however many
 * pauses it has. For the leader of the commits, one at a time.
 */
final class Brake {

    private final StoreEvents events;
    private final LsmStats stats;
    private final WriteThrottle throttle = new WriteThrottle();
    private long memtable = -1;
    private long seenBytes;
    private long slowSince;
    private boolean on;
    private Flight.@Nullable Span stop;

    Brake(StoreEvents events, LsmStats stats) {
        this.events = events;
        this.stats = stats;
    }

    boolean isOn() {
        return on;
    }

    /** Pauses as long as what was written since the last call takes at the speed of the decision. */
    void slow(Decision decision, long memtableId, long bytes, Deadline deadline) {
        if (!on) {
            on = true;
            slowSince = System.nanoTime();
            events.tell(EventType.WRITE_STALL_STARTED, "writers are slowed down: " + decision.reason(),
                    Map.of("kind", "slow", "bytes_per_second", decision.bytesPerSecond()));
            memtable = memtableId;
            seenBytes = bytes;
        }
        long written = memtableId == memtable ? bytes - seenBytes : bytes;
        memtable = memtableId;
        seenBytes = bytes;
        long pause = Math.min(throttle.owe(Math.max(0, written), decision.bytesPerSecond()),
                deadline.remainingNanos());
        if (pause > 0) {
            long start = System.nanoTime();
            LockSupport.parkNanos(pause);
            long nanos = System.nanoTime() - start;
            throttle.paid(nanos);
            stats.slowed(nanos);
        }
    }

    /** Writers go at full speed again. */
    void release() {
        on = false;
        throttle.forget();
        events.tell(EventType.WRITE_STALL_ENDED, "writers go at full speed",
                Map.of("kind", "slow", "duration_ms", (System.nanoTime() - slowSince) / 1_000_000));
    }

    /** Writers wait. */
    void stopped(Decision decision) {
        stop = Flight.begin(Flight.Work.STALL, events.store());
        events.tell(EventType.WRITE_STALL_STARTED, "writers wait: " + decision.reason(), Map.of("kind", "stop"));
    }

    /** Writers no longer wait. */
    void goesOn(long nanos) {
        stats.stalled(nanos);
        Flight.Span span = stop;
        if (span != null) {
            span.end("writers waited", 0, 0);
            stop = null;
        }
        events.tell(EventType.WRITE_STALL_ENDED, "writers go on", Map.of("kind", "stop", "duration_ms",
                nanos / 1_000_000));
    }
}
