// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.base;

/** What an entry means: the low byte of its trailer. Numbers are part of the file format. */
public final class EntryKind {

    /** The key is gone from this version on; the cell is empty. */
    public static final int DELETE = 0;

    /** The cell carries the value. */
    public static final int PUT = 1;

    /** The cell carries a pointer into the value log, see {@link ValuePointer}. */
    public static final int PUT_POINTER = 2;

    /** All keys from this one up to the one in the cell are gone from this version on; never an entry of a table. */
    public static final int RANGE_DELETE = 3;

    /** Above every kind: used in the trailer of a search, so that no kind of that version is skipped. */
    public static final int SEEK = 0xff;

    private EntryKind() {
    }

    /** Whether this version of the library knows the kind. */
    public static boolean isKnown(int kind) {
        return kind >= DELETE && kind <= RANGE_DELETE;
    }
}
