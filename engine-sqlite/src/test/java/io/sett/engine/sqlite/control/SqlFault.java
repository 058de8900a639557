// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.control;

/** One way to be wrong. */
enum SqlFault {
    /** None. */
    NONE,
    /** Statements of a transaction take effect at once. */
    AUTOCOMMITS,
    /** A rollback commits. */
    ROLLBACK_COMMITS,
    /** Results of queries are kept for ever. */
    STALE_RESULTS,
    /** A batch is run set by set. */
    TORN_BATCH,
    /** A script is run statement by statement. */
    TORN_SCRIPT,
    /** A second statement in a text is run too. */
    RUNS_SECOND_STATEMENT,
    /** A change that a constraint forbids is dropped without an error. */
    SWALLOWS_CONSTRAINTS,
    /** The key of an inserted row is always 1. */
    WRONG_KEYS,
    /** A stream ends one row too early. */
    SHORT_STREAM,
    /** Closing a stream does not close it. */
    LEAKS_STREAMS,
    /** Rows stay readable after their mapper. */
    LIVING_ROWS,
    /** A closed store answers. */
    USE_AFTER_CLOSE,
    /** Every step of a schema runs at each call. */
    MIGRATES_AGAIN,
    /** Steps are not compared with those that ran. */
    FORGETS_STEPS,
    /** A backup takes the place of another file. */
    BACKUP_OVERWRITES,
    /** Failures are not counted. */
    MISCOUNTS,
    /** Going back to a savepoint does nothing. */
    IGNORES_SAVEPOINTS,
    /** Plans are made up. */
    NO_PLAN,
    /** Quotes in values are doubled. */
    DOUBLES_QUOTES
}
