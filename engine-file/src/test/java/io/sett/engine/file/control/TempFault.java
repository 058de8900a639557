// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.control;

/** One way for a temporary store to be wrong. */
enum TempFault {
    /** None. */
    NONE,
    /** Expired files are listed. */
    EXPIRED_VISIBLE,
    /** Removing what is not there says that it was. */
    REMOVES_TWICE,
    /** A file whose content could not be written stays. */
    LEAVES_HALF_FILES,
    /** A negative time to live is taken for the default. */
    TAKES_NEGATIVE_TTL,
    /** Prefixes are repaired instead of refused. */
    LAX_NAMES,
    /** A listing is in no order. */
    UNSORTED_LIST,
    /** A listing shows everything. */
    IGNORES_PATTERN,
    /** A closed store answers. */
    USE_AFTER_CLOSE,
    /** A removed directory stays on disk. */
    KEEPS_DIRECTORIES,
    /** Content is still on disk when the store is closed. */
    SURVIVES_CLOSE,
    /** Bytes are not counted. */
    MISCOUNTS,
    /** What withFile made stays when the body throws. */
    KEEPS_AFTER_BODY
}
