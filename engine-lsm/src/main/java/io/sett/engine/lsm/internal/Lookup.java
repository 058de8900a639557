// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import io.sett.api.common.SliceScope;
import io.sett.engine.lsm.internal.base.EntryRef;
import io.sett.engine.lsm.internal.base.ValueCell;
import io.sett.engine.lsm.internal.read.ReadView;
import io.sett.spi.Deadline;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** One point lookup: what it found, and what it holds until it is over. Used again for the next one. */
final class Lookup {

    final EntryRef entry = new EntryRef();
    final ValueCell cell = new ValueCell();
    final SliceScope scope = new SliceScope("a call of read");
    Deadline deadline = Deadline.none();
    @Nullable ReadView view;
    int token;
    long begun;
    boolean found;

    /**
     * Lookups that are not in use, a few for all threads: a thread takes the one at its place or makes another. Nothing
     * belongs to a thread, so nothing is left behind by one.
     */
    static final class Pool {

        private static final int PLACES = 16;
        /** Places are far enough from each other that threads do not get in each other's way. */
        private static final int SPACING = 16;

        private final AtomicReferenceArray<@Nullable Lookup> free = new AtomicReferenceArray<>(PLACES * SPACING);

        Lookup take() {
            int place = place();
            Lookup lookup = free.get(place) == null ? null : free.getAndSet(place, null);
            return lookup != null ? lookup : new Lookup();
        }

        void giveBack(Lookup lookup) {
            lookup.view = null;
            lookup.entry.clear();
            lookup.cell.clear();
            free.lazySet(place(), lookup);
        }

        private static int place() {
            return ((int) Thread.currentThread().getId() & PLACES - 1) * SPACING;
        }
    }
}
