// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.version;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Says when a value-log file that no longer belongs to the store may be deleted: when every version is gone that was
 * current before it left. A version of its own list would not do, since a memtable that a reader holds together with an
 * old version may point into a log that was begun later.
 *
 * <p>Not thread-safe; {@link VersionSet} calls it under its lock.
 */
final class HeldVersions {

    private record Retired(long segment, long goneSince) {
    }

    private final SortedSet<Long> held = new TreeSet<>();
    private final Deque<Retired> retired = new ArrayDeque<>();
    private long newest;

    /** A version begins; the answer is its number. */
    long begin() {
        held.add(++newest);
        return newest;
    }

    /** From the newest version on this file is gone. */
    void retire(long segment) {
        retired.addLast(new Retired(segment, newest));
    }

    /** Nobody holds this version any more; the answer is what may be deleted now. */
    List<Long> end(long version) {
        held.remove(version);
        List<Long> deletable = new ArrayList<>();
        long oldest = held.isEmpty() ? Long.MAX_VALUE : held.first();
        while (!retired.isEmpty() && retired.peekFirst().goneSince() <= oldest) {
            deletable.add(retired.removeFirst().segment());
        }
        return deletable;
    }
}
