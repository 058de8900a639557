// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit;

import io.sett.api.common.Store;
import io.sett.api.common.StoreKind;
import io.sett.api.error.UnsupportedFeatureException;
import io.sett.spi.EngineContext;
import io.sett.spi.EngineProvider;
import io.sett.spi.Engines;
import io.sett.spi.HandleTracker;
import io.sett.spi.HandleTracking;
import io.sett.spi.settings.EngineSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stores of one engine for one test: opens them in directories of their own with a clock and a scheduler that the test
 * turns, closes them, and throws an {@link AssertionError} when a handle was left open or a scheduled task failed.
 *
 * <p>For the thread of the test; the stores themselves may be used by any thread.
 *
 * @param <S> the kind of store
 */
public final class StoreFixture<S extends Store> implements AutoCloseable {

    private final Class<S> type;
    private final EngineHarness harness;
    private final TestClock clock = new TestClock();
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final RecordingEvents events = new RecordingEvents();
    private final List<S> opened = new ArrayList<>();
    private final List<Path> directories = new ArrayList<>();
    private Map<String, Object> overlay = Map.of();
    private @Nullable Path home;
    private @Nullable S main;

    /** A fixture that has opened nothing yet. */
    public StoreFixture(Class<S> type, EngineHarness harness) {
        this.type = type;
        this.harness = harness;
    }

    /** The store under test, opened at the first call and open again after {@link #reopen}. */
    public S store() {
        if (main == null) {
            main = open(directory(), overlay);
        }
        return main;
    }

    /** Uses further settings for every store that is opened from now on. */
    public StoreFixture<S> with(String setting, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(overlay);
        more.put(setting, value);
        overlay = more;
        return this;
    }

    /** Closes the store under test and opens it again in the same place. */
    public S reopen() {
        S before = store();
        requireNoLeaks(before);
        before.close();
        main = null;
        return store();
    }

    /** Opens the place of the store under test a second time, which engines usually refuse. */
    public S openSamePlace() {
        return open(directory(), overlay);
    }

    /**
     * Copies the files of the store under test as they are now and opens the copy: what a process that was killed
     * leaves behind. Nothing may be written meanwhile.
     */
    public S openCopy() {
        return open(Directories.copy(directory(), newDirectory()), overlay);
    }

    /** Opens one more store in a place of its own. */
    public S openElsewhere() {
        return open(newDirectory(), overlay);
    }

    private S open(Path directory, Map<String, Object> more) {
        EngineProvider provider = harness.provider();
        StoreKind kind = kind();
        Map<String, Object> all = new LinkedHashMap<>(harness.settings());
        all.putAll(more);
        EngineSettings settings = EngineSettings.of("the settings of the test", provider.schema(kind), all);
        EngineContext context = EngineContext.of("test", kind, settings).withDataRoot(directory).withClock(clock)
                .withScheduler(scheduler).withEvents(events).withHandles(HandleTracking.FULL);
        S store = Engines.open(type, provider, context);
        opened.add(store);
        return store;
    }

    /** The engine and its settings. */
    public EngineHarness harness() {
        return harness;
    }

    /** The kind of store. */
    public StoreKind kind() {
        return Engines.kindOf(type);
    }

    /** The interface of the stores. */
    public Class<S> type() {
        return type;
    }

    /** The clock of all stores of this fixture. */
    public TestClock clock() {
        return clock;
    }

    /** The scheduler of all stores of this fixture. */
    public ManualScheduler scheduler() {
        return scheduler;
    }

    /** The events of all stores of this fixture. */
    public RecordingEvents events() {
        return events;
    }

    /** The data root of the store under test. */
    public Path directory() {
        if (home == null) {
            home = newDirectory();
        }
        return home;
    }

    /** One more directory that is removed at the end. */
    public Path newDirectory() {
        Path directory = harness.newDirectory();
        directories.add(directory);
        return directory;
    }

    /** The tracker of a store; that every store has one is a rule of the contracts. */
    public static HandleTracker tracker(Store store) {
        try {
            return store.unwrap(HandleTracker.class);
        } catch (UnsupportedFeatureException none) {
            throw new AssertionError("engine '" + store.engine() + "' does not hand out its HandleTracker by unwrap; "
                    + "without it nobody can see what was left open", none);
        }
    }

    /** Fails when something of the store is open. */
    public static void requireNoLeaks(Store store) {
        List<HandleTracker.Leak> leaks = tracker(store).leaks();
        if (leaks.isEmpty()) {
            return;
        }
        AssertionError error = new AssertionError("left open in store '" + store.name() + "' of engine '"
                + store.engine() + "': " + leaks.stream().map(HandleTracker.Leak::what).toList());
        for (HandleTracker.Leak leak : leaks) {
            if (leak.openedAt() != null) {
                error.addSuppressed(leak.openedAt());
            }
        }
        throw error;
    }

    /** Closes every store, removes the directories, and fails when something was wrong on the way. */
    @Override
    public void close() {
        List<Throwable> problems = new ArrayList<>();
        for (int i = opened.size() - 1; i >= 0; i--) {
            closeOne(opened.get(i), problems);
        }
        opened.clear();
        main = null;
        for (Path directory : directories) {
            Directories.remove(directory, problems);
        }
        directories.clear();
        home = null;
        problems.addAll(scheduler.failures());
        if (!problems.isEmpty()) {
            AssertionError error = new AssertionError(problems.get(0).toString(), problems.get(0));
            problems.stream().skip(1).forEach(error::addSuppressed);
            throw error;
        }
    }

    private void closeOne(S store, List<Throwable> problems) {
        try {
            if (store.isOpen()) {
                requireNoLeaks(store);
            }
        } catch (RuntimeException | AssertionError problem) {
            problems.add(problem);
        }
        try {
            store.close();
        } catch (RuntimeException problem) {
            problems.add(problem);
        }
    }
}
