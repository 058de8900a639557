// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.commit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Commits that wait for a leader, in the order in which they came. Any thread adds, the leader takes. */
final class CommitQueue {

    private final ConcurrentLinkedQueue<PendingCommit> waiting = new ConcurrentLinkedQueue<>();
    private final int maxOperations;
    private final long maxBytes;

    /**
     * A queue.
     *
     * @param maxOperations a group is closed when it has this many operations
     * @param maxBytes a group is closed when it has this many bytes
     */
    CommitQueue(int maxOperations, long maxBytes) {
        this.maxOperations = maxOperations;
        this.maxBytes = maxBytes;
    }

    void add(PendingCommit commit) {
        waiting.add(commit);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** The next one, which stays in the queue; null when there is none. */
    @Nullable PendingCommit head() {
        return waiting.peek();
    }

    /** Takes the next group: at least one commit, if there is any that was not withdrawn. */
    List<PendingCommit> takeGroup() {
        List<PendingCommit> group = new ArrayList<>(4);
        int operations = 0;
        long bytes = 0;
        while (operations < maxOperations && bytes < maxBytes) {
            PendingCommit next = waiting.peek();
            if (next == null) {
                break;
            }
            int more = next.batch().count();
            if (!group.isEmpty() && (operations + more > maxOperations
                    || bytes + next.batch().loggedSize() > maxBytes)) {
                break;
            }
            if (waiting.remove(next) && next.take()) {
                group.add(next);
                operations += more;
                bytes += next.batch().loggedSize();
            }
        }
        return group;
    }

    /** Drops commits at the head that were given up or refused. Any thread may, so exactly those are removed. */
    void dropDone() {
        PendingCommit next = waiting.peek();
        while (next != null && !next.isWaiting()) {
            waiting.remove(next);
            next = waiting.peek();
        }
    }

    /** How many wait; costs a walk. */
    int size() {
        return waiting.size();
    }
}
