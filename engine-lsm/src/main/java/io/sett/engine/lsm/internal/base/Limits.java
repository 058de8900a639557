// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.base;

/** The engine's hard limits. Each is checked where data comes in; files are checked against them when read. */
public final class Limits {

    /** Bytes of the longest key as it is stored: 65,535 of the user and 8 for the keyspace. */
    public static final int MAX_KEY_LENGTH = 65_535 + 8;

    /** Bytes of the longest bound of a range: the first key behind the longest key. */
    public static final int MAX_BOUND_LENGTH = MAX_KEY_LENGTH + 1;

    /** Bytes of the longest value. */
    public static final int MAX_VALUE_LENGTH = 1 << 30;

    /** Bytes of the longest value cell: a value and its header. */
    public static final int MAX_CELL_LENGTH = MAX_VALUE_LENGTH + ValueCell.MAX_HEADER_LENGTH;

    /** Bytes of the longest block before compression: one entry with the longest key and value. */
    public static final int MAX_BLOCK_LENGTH = MAX_CELL_LENGTH + 2 * MAX_KEY_LENGTH + 1024;

    /** The highest version that a key can carry. */
    public static final long MAX_VERSION = (1L << 56) - 1;

    /** Levels of tables: L0 … L6. */
    public static final int LEVELS = 7;

    private Limits() {
    }
}
