// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.model;

import io.sett.api.common.KeyRange;
import io.sett.api.kv.Cursor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** What a cursor must do, over a plain sorted list. */
public final class CursorModel {

    private static final int FRESH = -1;
    private static final int OFF = -2;

    private final List<Map.Entry<byte[], byte[]>> entries;
    private final boolean reverse;
    private int position = FRESH;

    /** A cursor over the entries of a map (ordered as unsigned bytes) that lie in the range. */
    public CursorModel(SortedMap<byte[], byte[]> content, KeyRange range, boolean reverse) {
        this.entries = new ArrayList<>();
        for (Map.Entry<byte[], byte[]> entry : content.entrySet()) {
            if (range.contains(entry.getKey())) {
                entries.add(Map.entry(entry.getKey(), entry.getValue()));
            }
        }
        if (reverse) {
            Collections.reverse(entries);
        }
        this.reverse = reverse;
    }

    /** The moves, as a cursor has them. */
    public enum Move {
        /** To the first entry. */
        FIRST,
        /** To the last entry. */
        LAST,
        /** One on. */
        NEXT,
        /** One back. */
        PREV,
        /** At or behind a key. */
        SEEK,
        /** At or before a key. */
        SEEK_FOR_PREV;

        /** Lets a real cursor make this move. */
        public boolean of(Cursor cursor, byte[] key) {
            return switch (this) {
                case FIRST -> cursor.first();
                case LAST -> cursor.last();
                case NEXT -> cursor.next();
                case PREV -> cursor.prev();
                case SEEK -> cursor.seek(key);
                case SEEK_FOR_PREV -> cursor.seekForPrev(key);
            };
        }
    }

    /** Moves, and says whether it now stands on an entry. */
    public boolean move(Move move, byte[] key) {
        int target = switch (move) {
            case FIRST -> 0;
            case LAST -> entries.size() - 1;
            case NEXT -> position == FRESH ? 0 : position == OFF ? entries.size() : position + 1;
            case PREV -> position == FRESH ? entries.size() - 1 : position == OFF ? -1 : position - 1;
            case SEEK -> firstAtOrBehind(key);
            case SEEK_FOR_PREV -> lastAtOrBefore(key);
        };
        position = target >= 0 && target < entries.size() ? target : OFF;
        return position != OFF;
    }

    private int compare(byte[] left, byte[] right) {
        int order = Arrays.compareUnsigned(left, right);
        return reverse ? -order : order;
    }

    private int firstAtOrBehind(byte[] key) {
        for (int i = 0; i < entries.size(); i++) {
            if (compare(entries.get(i).getKey(), key) >= 0) {
                return i;
            }
        }
        return entries.size();
    }

    private int lastAtOrBefore(byte[] key) {
        for (int i = entries.size() - 1; i >= 0; i--) {
            if (compare(entries.get(i).getKey(), key) <= 0) {
                return i;
            }
        }
        return -1;
    }

    /** The entry it stands on. */
    public Optional<Map.Entry<byte[], byte[]>> entry() {
        return position >= 0 ? Optional.of(entries.get(position)) : Optional.empty();
    }
}
