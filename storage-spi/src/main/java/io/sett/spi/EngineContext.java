// SPDX-License-Identifier: Apache-2.0
package io.sett.spi;

import io.sett.api.common.ProgressListener;
import io.sett.api.common.StoreKind;
import io.sett.api.event.StorageEvent;
import io.sett.api.event.StorageEventListener;
import io.sett.spi.settings.EngineSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/**
 * Everything an engine receives to open one store. Immutable.
 *
 * @param name name of the store, for messages, events and threads
 * @param kind what to open
 * @param settings checked values of the engine's schema
 * @param dataRoot what relative paths resolve against; of any file system: use {@link Path}, never {@code toFile}
 * @param clock for times to live and time stamps; tests turn it
 * @param scheduler for periodic work; tests drive it
 * @param events hears what happens; never null, must be called off the hot path and outside locks
 * @param memory shared budget for memtables, caches and indexes
 * @param handles reports cursors, transactions and streams that are left open
 * @param progress hears how far opening is, phase by phase, in the thread that opens
 */
public record EngineContext(String name, StoreKind kind, EngineSettings settings, Path dataRoot, Clock clock,
        Scheduler scheduler, StorageEventListener events, MemoryBudget memory, HandleTracking handles,
        ProgressListener progress) {

    /** A context for opening a store by hand: system clock, daemon scheduler, no listener, leaks logged. */
    public static EngineContext of(String name, StoreKind kind, EngineSettings settings) {
        return new EngineContext(name, kind, settings, Path.of(""), Clock.systemUTC(), Scheduler.shared(),
                new NoListener(), MemoryBudget.standard(), HandleTracking.SAMPLED,
                ProgressListener.NONE);
    }

    /** A class and not a lambda, which would cost each first opening a millisecond. */
    private static final class NoListener implements StorageEventListener {

        @Override
        public void onEvent(StorageEvent event) {
            // Nobody has asked for events.
        }
    }

    /** A path of the settings, resolved against the data root. */
    public Path resolve(String configured) {
        return dataRoot.resolve(configured);
    }

    /**
     * Tells the log and the listener what was left open, with the stacks that opened it. For a store that closes, with
     * the answer of {@link HandleTracker#closeAll()}.
     */
    public void reportLeaks(List<HandleTracker.Leak> leaks) {
        if (!leaks.isEmpty()) {
            LeakReport.publish(this, leaks);
        }
    }

    /** The same with another data root. */
    public EngineContext withDataRoot(Path root) {
        return new EngineContext(name, kind, settings, root, clock, scheduler, events, memory, handles, progress);
    }

    /** The same with another clock. */
    public EngineContext withClock(Clock other) {
        return new EngineContext(name, kind, settings, dataRoot, other, scheduler, events, memory, handles, progress);
    }

    /** The same with another scheduler. */
    public EngineContext withScheduler(Scheduler other) {
        return new EngineContext(name, kind, settings, dataRoot, clock, other, events, memory, handles, progress);
    }

    /** The same with another listener. */
    public EngineContext withEvents(StorageEventListener listener) {
        return new EngineContext(name, kind, settings, dataRoot, clock, scheduler, listener, memory, handles, progress);
    }

    /** The same with another memory budget. */
    public EngineContext withMemory(MemoryBudget budget) {
        return new EngineContext(name, kind, settings, dataRoot, clock, scheduler, events, budget, handles, progress);
    }

    /** The same with another way of finding leaks. */
    public EngineContext withHandles(HandleTracking tracking) {
        return new EngineContext(name, kind, settings, dataRoot, clock, scheduler, events, memory, tracking, progress);
    }

    /** The same with a listener that hears how far opening is. */
    public EngineContext withProgress(ProgressListener listener) {
        return new EngineContext(name, kind, settings, dataRoot, clock, scheduler, events, memory, handles, listener);
    }
}
