// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.control;

/** One way for a file store to be wrong. */
enum FileFault {
    /** None. */
    NONE,
    /** What is being written is seen before the commit. */
    EARLY_VISIBLE,
    /** A stream that is closed without a commit commits. */
    CLOSE_COMMITS,
    /** Names are repaired instead of refused. */
    LAX_NAMES,
    /** Symbolic links are followed. */
    FOLLOWS_LINKS,
    /** Damaged content is handed out. */
    HIDES_DAMAGE,
    /** A copy changes with its source. */
    COPY_IS_ALIAS,
    /** A moved file is still under its old name. */
    MOVE_KEEPS_SOURCE,
    /** Files are replaced although that was not allowed. */
    ALWAYS_OVERWRITES,
    /** A range begins one byte too late. */
    RANGE_OFF_BY_ONE,
    /** Going to a position does nothing. */
    IGNORES_SEEK,
    /** Appends of two threads lose one another. */
    LOSES_APPENDS,
    /** A listing is in no order. */
    UNSORTED_LIST,
    /** A listing shows directories. */
    LISTS_DIRECTORIES,
    /** What is known of a file is that of its first content. */
    STALE_INFO,
    /** A stream is never given back. */
    LEAKS,
    /** A closed store answers. */
    USE_AFTER_CLOSE,
    /** Reopening forgets a file. */
    FORGETS,
    /** A directory with content is deleted without being asked to. */
    DELETES_FULL_DIRECTORIES,
    /** The checksum that content should have is not compared. */
    IGNORES_EXPECTED_CHECKSUM,
    /** A watch tells nothing. */
    SILENT_WATCH,
    /** The quota is told but not kept. */
    IGNORES_QUOTA
}
