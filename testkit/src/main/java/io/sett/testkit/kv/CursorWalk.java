// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.kv;

import io.sett.api.kv.Cursor;

/** Lets a real cursor make a move of the model. */
public final class CursorWalk {

    private CursorWalk() {
    }

    /** Makes the move. */
    public static boolean move(Cursor cursor, CursorModel.Move move, byte[] key) {
        return switch (move) {
            case FIRST -> cursor.first();
            case LAST -> cursor.last();
            case NEXT -> cursor.next();
            case PREV -> cursor.prev();
            case SEEK -> cursor.seek(key);
            case SEEK_FOR_PREV -> cursor.seekForPrev(key);
        };
    }
}
