// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.survival;

import io.sett.api.common.Store;
import io.sett.api.common.StoreKind;
import io.sett.api.kv.KVStore;
import io.sett.spi.EngineContext;
import io.sett.spi.Engines;
import io.sett.spi.settings.EngineSettings;
import io.sett.testkit.EngineHarness;
import io.sett.testkit.ManualScheduler;
import io.sett.testkit.RecordingEvents;
import io.sett.testkit.TestClock;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Opens stores of one engine, by default key-value stores, in {@value #ROOT} of any file system, with one clock and
 * scheduler for all of them. For the thread of a test.
 */
public final class DiskStores {

    /** The data root of each store. */
    public static final String ROOT = "/data";

    private final EngineHarness harness;
    private final TestClock clock = new TestClock();
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final RecordingEvents events = new RecordingEvents();

    /** Stores of this engine with these settings. */
    public DiskStores(EngineHarness harness) {
        this.harness = harness;
    }

    /** Opens the store of a file system. */
    public KVStore open(FileSystem disk) {
        return open(disk.getPath(ROOT), Map.of());
    }

    /** Opens the key-value store in a directory, with further settings. */
    public KVStore open(Path directory, Map<String, ?> more) {
        return open(KVStore.class, directory, more);
    }

    /** Opens a store of any kind in a directory, with further settings. */
    public <S extends Store> S open(Class<S> type, Path directory, Map<String, ?> more) {
        Map<String, Object> all = new HashMap<>(harness.settings());
        all.putAll(more);
        StoreKind kind = Engines.kindOf(type);
        EngineSettings settings = EngineSettings.of("the settings of the test", harness.provider().schema(kind), all);
        EngineContext context = EngineContext.of("test", kind, settings).withDataRoot(directory)
                .withClock(clock).withScheduler(scheduler).withEvents(events);
        return Engines.open(type, harness.provider(), context);
    }

    /** Moves the clock, so that periodic and delayed work is done. */
    public void advance(Duration step) {
        clock.advance(step);
    }

    /** What the stores told. */
    public RecordingEvents events() {
        return events;
    }
}
