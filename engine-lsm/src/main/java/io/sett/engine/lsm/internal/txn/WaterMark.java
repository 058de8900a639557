// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.txn;

/**
 * The versions that somebody still reads, and the lowest of them. Versions enter in ascending order, so a doubly linked
 * list gives begin, end and lowest in constant time. Guarded by the lock of its owner, {@link Oracle}.
 */
final class WaterMark {

    /** One reader's place in the list. */
    static final class Mark {

        final long version;
        private Mark before;
        private Mark after;

        private Mark(long version) {
            this.version = version;
            before = this;
            after = this;
        }
    }

    private final Mark ring = new Mark(-1);
    private int size;

    /** Enters a version that is not below the last one entered. */
    Mark begin(long version) {
        Mark mark = new Mark(version);
        if (version < ring.before.version) {
            throw new IllegalStateException("version " + version + " enters behind " + ring.before.version);
        }
        mark.before = ring.before;
        mark.after = ring;
        ring.before.after = mark;
        ring.before = mark;
        size++;
        return mark;
    }

    /** Takes a mark out; a second time does nothing. */
    void end(Mark mark) {
        if (mark.after != mark) {
            mark.before.after = mark.after;
            mark.after.before = mark.before;
            mark.before = mark;
            mark.after = mark;
            size--;
        }
    }

    /** The lowest version that is read, or {@code otherwise} when nobody reads. */
    long lowest(long otherwise) {
        return size == 0 ? otherwise : ring.after.version;
    }

    int size() {
        return size;
    }
}
