// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.base;

/**
 * A position in the entries of a memtable, a table or several of them, ordered as internal keys. The common tongue of
 * reading, flush and compaction.
 *
 * <p>Each move says whether the cursor stands on an entry. Key and cell are handed out as array ranges, valid until the
 * next move, and must not be changed; nothing is allocated per entry. The bytes of a cell stay as they are even after
 * the move, for whoever kept the range; those of a key may be overwritten. After a move that answered false only
 * {@code first}, {@code last} and the seeks may be called.
 *
 * <p>Threads: one at a time. Errors: the unchecked ones of the API.
 */
public interface InternalCursor extends AutoCloseable {

    /** To the smallest entry. */
    boolean first();

    /** To the largest entry. */
    boolean last();

    /** To the first entry at or behind that key and trailer. */
    boolean seek(byte[] userKey, int offset, int length, long trailer);

    /** To the last entry at or before that key and trailer. */
    boolean seekForPrev(byte[] userKey, int offset, int length, long trailer);

    /** One entry on. Only when positioned. */
    boolean next();

    /** One entry back. Only when positioned. */
    boolean prev();

    /** Whether it stands on an entry. */
    boolean isPositioned();

    /** The array in which the user key lies. */
    byte[] keyArray();

    /** Where the user key begins. */
    int keyOffset();

    /** Length of the user key. */
    int keyLength();

    /** Version and kind, see {@link InternalKey}. */
    long trailer();

    /** The array in which the cell lies. */
    byte[] cellArray();

    /** Where the cell begins. */
    int cellOffset();

    /** Length of the cell. */
    int cellLength();

    /** All of it at once. Only when positioned. */
    default void read(EntryPosition into) {
        into.setKey(keyArray(), keyOffset(), keyLength(), trailer());
        into.setCell(cellArray(), cellOffset(), cellLength());
    }

    /** A flat copy of key and trailer. */
    default byte[] internalKey() {
        return InternalKey.encode(keyArray(), keyOffset(), keyLength(), trailer());
    }

    /** Lets go of what it holds. Idempotent. */
    @Override
    void close();
}
