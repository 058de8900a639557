// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.reference;

/** One way to be wrong. */
public enum Fault {
    /** None. */
    NONE,
    /** Uncommitted writes are seen by others. */
    DIRTY_READ,
    /** The second of two writers of a key wins silently. */
    LOST_UPDATE,
    /** At SERIALIZABLE reads do not count. */
    WRITE_SKEW,
    /** Ranges that were read do not count, single keys do. */
    PHANTOM,
    /** Expired entries are still returned. */
    EXPIRED_VISIBLE,
    /** An expired entry uncovers the one it replaced. */
    EXPIRED_UNCOVERS,
    /** A write that is too large is dropped without an error. */
    SWALLOWED_ERROR,
    /** A cursor is never given back. */
    LEAK,
    /** Reverse cursors begin one entry too late. */
    REVERSE_ORDER,
    /** A batch is written entry by entry. */
    TORN_BATCH,
    /** A closed store answers. */
    USE_AFTER_CLOSE,
    /** A slice shows the next entry after a move. */
    LIVING_SLICE,
    /** A lacking capability is ignored instead of refused. */
    SILENT_NO_OP,
    /** Reopening forgets the newest write. */
    FORGETS,
    /** Reopening revives what was deleted. */
    REVIVES,
    /** Arguments are kept, not copied. */
    KEEPS_ARGUMENTS,
    /** Interrupts are ignored. */
    IGNORES_INTERRUPT,
    /** The store may be opened twice. */
    NO_LOCK
}
