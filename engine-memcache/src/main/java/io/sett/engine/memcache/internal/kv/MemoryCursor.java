// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.kv;

import io.sett.api.common.KeyRange;
import io.sett.api.common.Slice;
import io.sett.api.common.SliceScope;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.CursorOptions;
import io.sett.spi.Deadline;
import io.sett.spi.kv.PendingWrite;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A cursor over one version of the map. Going up is a step of an iterator, going down or turning is a search.
 *
 * <p>Threads: one at a time; closing may come from another one, and a move that runs then throws.
 */
final class MemoryCursor implements Cursor {

    /** What a cursor hangs on. */
    interface Owner {

        /** The error of a closed cursor. */
        RuntimeException closed();

        /** The cursor is closed; called once. */
        void released(MemoryCursor cursor);
    }

    private static final int STEPS_BETWEEN_CHECKS = 256;

    private final VersionedMap map;
    private final Clock clock;
    private final long version;
    private final CursorOptions options;
    private final KeyRange range;
    private final byte @Nullable [] rangeStart;
    private final byte @Nullable [] rangeEnd;
    private final Owner owner;
    private final String what;
    private final SliceScope scope = new SliceScope("a cursor position");
    private final AtomicBoolean closed = new AtomicBoolean();

    private boolean started;
    private boolean moving;
    private @Nullable Iterator<KeyVersions> up;
    private @Nullable KeyVersions position;
    private List<EntryVersion> shown = List.of();
    private int index;

    MemoryCursor(VersionedMap map, Clock clock, long version, CursorOptions options, Owner owner, String store) {
        this.map = map;
        this.clock = clock;
        this.version = version;
        this.options = options;
        this.range = options.range();
        this.rangeStart = range.start().orElse(null);
        this.rangeEnd = range.end().orElse(null);
        this.owner = owner;
        this.what = "move of a cursor in store '" + store + "'";
    }

    // --- moves ---

    @Override
    public boolean first() {
        begin();
        return settle(!options.reverse() ? upFrom(rangeStart, true) : downFrom(rangeEnd, false), true);
    }

    @Override
    public boolean last() {
        begin();
        return settle(options.reverse() ? upFrom(rangeStart, true) : downFrom(rangeEnd, false), false);
    }

    @Override
    public boolean seek(byte[] key) {
        begin();
        return settle(jump(key, !options.reverse()), true);
    }

    @Override
    public boolean seekForPrev(byte[] key) {
        begin();
        return settle(jump(key, options.reverse()), false);
    }

    private @Nullable KeyVersions jump(byte[] key, boolean upwards) {
        if (upwards) {
            return range.isBelow(key) ? upFrom(rangeStart, true) : upFrom(key, true);
        }
        return range.isAbove(key) ? downFrom(rangeEnd, false) : downFrom(key, true);
    }

    @Override
    public boolean next() {
        return step(true);
    }

    @Override
    public boolean prev() {
        return step(false);
    }

    private boolean step(boolean forward) {
        checkOpen();
        if (moving) {
            throw new InvalidOperationException(ErrorCode.NOT_POSITIONED,
                    "the last " + what + " failed, so there is no position to go on from; seek first");
        }
        if (!started) {
            return forward ? first() : last();
        }
        KeyVersions here = position;
        if (here == null) {
            return false;
        }
        scope.end();
        int inKey = forward ? index + 1 : index - 1;
        if (inKey >= 0 && inKey < shown.size()) {
            index = inKey;
            return true;
        }
        moving = true;
        boolean upwards = forward != options.reverse();
        return settle(upwards ? goOnUp(here) : downFrom(here.key(), false), forward);
    }

    private void begin() {
        checkOpen();
        scope.end();
        started = true;
        moving = true;
        position = null;
        up = null;
    }

    private @Nullable KeyVersions goOnUp(KeyVersions here) {
        Iterator<KeyVersions> iterator = up;
        return iterator == null ? upFrom(here.key(), false) : nextShownUp(iterator);
    }

    private @Nullable KeyVersions upFrom(byte @Nullable [] key, boolean inclusive) {
        Iterator<KeyVersions> iterator = map.upFrom(key, inclusive).iterator();
        up = iterator;
        return nextShownUp(iterator);
    }

    private @Nullable KeyVersions nextShownUp(Iterator<KeyVersions> iterator) {
        Deadline deadline = Deadline.after(options.read().timeout());
        int steps = 0;
        while (iterator.hasNext()) {
            KeyVersions candidate = iterator.next();
            if (range.isAbove(candidate.key())) {
                return null;
            }
            if (isShown(candidate)) {
                return candidate;
            }
            check(deadline, ++steps);
        }
        return null;
    }

    private @Nullable KeyVersions downFrom(byte @Nullable [] key, boolean inclusive) {
        up = null;
        Deadline deadline = Deadline.after(options.read().timeout());
        int steps = 0;
        KeyVersions candidate = map.downFrom(key, inclusive);
        while (candidate != null && !range.isBelow(candidate.key())) {
            if (isShown(candidate)) {
                return candidate;
            }
            check(deadline, ++steps);
            candidate = map.downFrom(candidate.key(), false);
        }
        return null;
    }

    private void check(Deadline deadline, int steps) {
        if (steps % STEPS_BETWEEN_CHECKS == 0) {
            deadline.check(what);
            checkOpen();
        }
    }

    private boolean settle(@Nullable KeyVersions found, boolean forward) {
        checkOpen();
        moving = false;
        position = found;
        index = forward ? 0 : shown.size() - 1;
        if (found == null) {
            up = null;
        }
        return found != null;
    }

    // --- what is shown of a key ---

    /** Fills {@link #shown} with what is shown of this key; false when that is nothing. */
    private boolean isShown(KeyVersions versions) {
        EntryVersion newest = versions.at(version);
        if (newest == null) {
            return false;
        }
        if (options.allVersions()) {
            return showAll(newest);
        }
        if (options.sinceVersion() > 0) {
            return newest.version() > options.sinceVersion() && !isExpired(newest) && show(newest);
        }
        return !newest.isDeletion() && !isExpired(newest) && show(newest);
    }

    private boolean show(EntryVersion entry) {
        shown = List.of(entry);
        return true;
    }

    private boolean showAll(EntryVersion newest) {
        List<EntryVersion> all = new ArrayList<>();
        for (EntryVersion entry = newest; entry != null && entry.version() > options.sinceVersion();
                entry = entry.older()) {
            if (!isExpired(entry)) {
                all.add(entry);
            }
        }
        if (all.isEmpty()) {
            return false;
        }
        shown = all;
        return true;
    }

    private boolean isExpired(EntryVersion entry) {
        return entry.canExpire() && entry.isExpired(clock.millis());
    }

    // --- the entry here ---

    @Override
    public boolean isPositioned() {
        checkOpen();
        return position != null && !moving;
    }

    private KeyVersions here() {
        checkOpen();
        KeyVersions here = position;
        if (here == null || moving) {
            throw new InvalidOperationException(ErrorCode.NOT_POSITIONED, "this cursor over " + range
                    + " stands on no entry; go on only while a move returns true");
        }
        return here;
    }

    private EntryVersion entryHere() {
        here();
        return shown.get(index);
    }

    @Override
    public Slice keySlice() {
        byte[] key = here().key();
        return scope.slice(key, 0, key.length);
    }

    @Override
    public Slice valueSlice() {
        byte[] value = entryHere().value();
        return scope.slice(value, 0, value.length);
    }

    @Override
    public byte[] key() {
        return here().key().clone();
    }

    @Override
    public byte[] value() {
        return entryHere().value().clone();
    }

    @Override
    public long valueSize() {
        return entryHere().value().length;
    }

    @Override
    public long version() {
        return entryHere().version();
    }

    @Override
    public Optional<Instant> expiresAt() {
        long millis = entryHere().expiresAtMillis();
        return millis == PendingWrite.NEVER ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    @Override
    public byte metadata() {
        return entryHere().metadata();
    }

    @Override
    public boolean isDeletion() {
        return entryHere().isDeletion();
    }

    // --- end ---

    private void checkOpen() {
        if (closed.get()) {
            throw owner.closed();
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            scope.end();
            owner.released(this);
        }
    }
}
