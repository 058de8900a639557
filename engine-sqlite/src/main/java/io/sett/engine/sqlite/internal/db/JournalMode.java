// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.db;

/** Where SQLite notes what it changes (https://sqlite.org/pragma.html#pragma_journal_mode). */
public enum JournalMode {
    /** A write-ahead log: readers and the writer do not wait for each other. */
    WAL,
    /** A rollback journal that is deleted after each commit: readers and the writer wait for each other. */
    DELETE,
    /** The same, but cut to length zero. */
    TRUNCATE,
    /** The same, but its header is overwritten. */
    PERSIST
}
