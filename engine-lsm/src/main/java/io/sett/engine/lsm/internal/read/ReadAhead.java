// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.read;

import io.sett.api.error.StorageException;
import io.sett.engine.lsm.internal.base.EntryKind;
import io.sett.engine.lsm.internal.base.InternalKey;
import io.sett.engine.lsm.internal.base.ValueCell;
import io.sett.engine.lsm.internal.base.ValuePointer;
import io.sett.engine.lsm.internal.vlog.ValueLog;
import io.sett.spi.log.Loggers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Brings the values before a cursor into memory, so that a scan over values that are stored apart does not wait for the
 * disk once for each of them. Costs next to nothing as long as values come from memory: it begins when one was slow,
 * and ends when none is any more.
 *
 * <p>A scout, a second cursor over the same view, runs {@value #BATCH} entries ahead, remembers where their values lie,
 * and several threads touch these places, each in order of position. Memory is that list of places; the values wait in
 * the system's page cache.
 *
 * <p>Threads: that of the cursor, for all but {@link #close}, which any may call.
 */
public final class ReadAhead implements AutoCloseable {

    /** Entries that are looked at together. */
    static final int BATCH = 64;

    private static final Logger LOG = Loggers.of(ReadAhead.class);
    private static final int PARTS = 4;
    private static final int SAMPLE_MASK = 7;

    /**
     * What the cursors of a store share.
     *
     * @param executor touches values
     * @param slowNanos a value that takes longer, and another nanosecond for each byte, did not come from memory
     */
    public record Setting(ValueLog values, Executor executor, long slowNanos) {
    }

    /** Where a value lies. */
    private record Place(long segment, long offset, int length) {

        private static final Comparator<Place> BY_POSITION =
                Comparator.comparingLong(Place::segment).thenComparingLong(Place::offset);
    }

    private final Setting setting;
    private final Supplier<VisibleEntries> scouts;
    /** Held for reading by whoever uses the scout or touches a value; closing waits for them. */
    private final ReentrantReadWriteLock using = new ReentrantReadWriteLock();
    private final AtomicInteger pending = new AtomicInteger();
    private volatile boolean closed;
    private volatile boolean sawSlow;
    private @Nullable VisibleEntries scout;
    private boolean active;
    private boolean down;
    private boolean loadedOne;
    private int loads;
    private int left;

    /** Nothing is read ahead yet; the supplier opens another cursor over the same entries. */
    ReadAhead(Setting setting, Supplier<VisibleEntries> scouts) {
        this.setting = setting;
        this.scouts = scouts;
    }

    /** Before a value is loaded; the answer belongs to {@link #loaded}. */
    long begin() {
        return (++loads & SAMPLE_MASK) == 0 ? System.nanoTime() : 0;
    }

    /** A value of that length was loaded at this key, on the way in that direction. */
    void loaded(long begun, int length, byte[] key, int keyLength, boolean goesDown) {
        loadedOne = true;
        if (!active && begun != 0 && pending.get() == 0
                && System.nanoTime() - begun > setting.slowNanos() + length) {
            start(Arrays.copyOf(key, keyLength), goesDown);
        }
    }

    /** The cursor went on by one. */
    void moved(boolean goesDown) {
        if (!active || --left > BATCH / 2 && goesDown == down) {
            return;
        }
        boolean overtaken = left < 0;
        if (goesDown != down || overtaken || pending.get() == 0 && (!sawSlow || !loadedOne)) {
            reset();
        } else if (pending.get() == 0) {
            try {
                left += scoutOn();
            } catch (StorageException e) {
                giveUp(e);
            }
        }
    }

    private void start(byte[] key, boolean goesDown) {
        active = true;
        down = goesDown;
        try {
            VisibleEntries fresh = scouts.get();
            scout = fresh;
            left = (goesDown ? fresh.floor(key) : fresh.ceiling(key)) ? scoutOn() : 0;
        } catch (StorageException e) {
            giveUp(e);
        }
    }

    /** The cursor itself will find out, or will not come that far. */
    private void giveUp(StorageException reason) {
        LOG.debug("reading ahead ends: {}", reason.getMessage());
        reset();
    }

    /** The cursor is elsewhere, or there is no need any more. */
    void reset() {
        if (!active) {
            return;
        }
        active = false;
        VisibleEntries old = scout;
        scout = null;
        if (old != null) {
            old.close();
        }
    }

    /** Looks at the next entries and has their values touched; returns how many. */
    private int scoutOn() {
        VisibleEntries ahead = scout;
        if (ahead == null) {
            return Integer.MAX_VALUE / 2;
        }
        List<Place> places = new ArrayList<>(BATCH);
        int seen = 0;
        boolean more = ahead.isPositioned();
        ValueCell cell = new ValueCell();
        ValuePointer pointer = new ValuePointer();
        while (more && seen < BATCH) {
            if (InternalKey.kind(ahead.trailer()) == EntryKind.PUT_POINTER) {
                ahead.parse(cell);
                Cells.parse(pointer, cell, ahead.trailer());
                places.add(new Place(pointer.segment(), pointer.offset(), pointer.storedLength()));
            }
            seen++;
            more = down ? ahead.down() : ahead.up();
        }
        if (!more) {
            ahead.close();
            scout = null;
        }
        touchAll(places);
        return seen;
    }

    private void touchAll(List<Place> places) {
        places.sort(Place.BY_POSITION);
        sawSlow = false;
        loadedOne = false;
        int size = (places.size() + PARTS - 1) / PARTS;
        for (int from = 0; from < places.size(); from += size) {
            List<Place> part = places.subList(from, Math.min(places.size(), from + size));
            pending.incrementAndGet();
            try {
                setting.executor().execute(() -> touch(part));
            } catch (RejectedExecutionException closing) {
                pending.decrementAndGet();
                LOG.debug("nothing is read ahead while the store closes: {}", closing.toString());
            }
        }
    }

    private void touch(List<Place> part) {
        using.readLock().lock();
        try {
            for (Place place : part) {
                if (closed) {
                    return;
                }
                long begun = System.nanoTime();
                setting.values().touch(place.segment, place.offset, place.length);
                if (System.nanoTime() - begun > setting.slowNanos()) {
                    sawSlow = true;
                }
            }
        } catch (StorageException e) {
            LOG.debug("a value could not be read ahead, whoever reads it will hear why: {}", e.getMessage());
        } finally {
            using.readLock().unlock();
            pending.decrementAndGet();
        }
    }

    /** No value is touched any more when it returns. */
    @Override
    public void close() {
        closed = true;
        using.writeLock().lock();
        using.writeLock().unlock();
    }
}
