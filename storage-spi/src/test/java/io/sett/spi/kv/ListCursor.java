// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.kv;

import io.sett.api.common.Slice;
import io.sett.api.common.SliceScope;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.CursorOptions;
import io.sett.api.kv.KVEntry;
import java.time.Instant;
import java.util.Arrays;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The simplest cursor there is: a position in a list. The reference for others. */
final class ListCursor implements Cursor {

    private final List<KVEntry> entries;
    private final boolean reverse;
    private final SliceScope scope = new SliceScope("a list position");
    private int position = -1;
    private boolean started;
    private boolean positioned;

    /** Entries in any order of keys; those of one key newest first. */
    ListCursor(List<KVEntry> source, CursorOptions options) {
        entries = new ArrayList<>(source.stream().filter(entry -> options.range().contains(entry.key())).toList());
        Comparator<KVEntry> order = (a, b) -> Arrays.compareUnsigned(a.key(), b.key());
        entries.sort(options.reverse() ? order.reversed() : order);
        reverse = options.reverse();
    }

    static ListCursor copyOf(List<KVEntry> inOrder, boolean reverse) {
        ListCursor cursor = new ListCursor(Collections.emptyList(), CursorOptions.defaults().withReverse(reverse));
        cursor.entries.addAll(inOrder);
        return cursor;
    }

    private boolean to(int index) {
        scope.end();
        started = true;
        position = index;
        positioned = index >= 0 && index < entries.size();
        return positioned;
    }

    @Override
    public boolean first() {
        return to(0);
    }

    @Override
    public boolean last() {
        return to(entries.size() - 1);
    }

    private int order(KVEntry entry, byte[] key) {
        int order = Arrays.compareUnsigned(entry.key(), key);
        return reverse ? -order : order;
    }

    @Override
    public boolean seek(byte[] key) {
        int index = 0;
        while (index < entries.size() && order(entries.get(index), key) < 0) {
            index++;
        }
        return to(index);
    }

    @Override
    public boolean seekForPrev(byte[] key) {
        int index = entries.size() - 1;
        while (index >= 0 && order(entries.get(index), key) > 0) {
            index--;
        }
        return to(index);
    }

    @Override
    public boolean next() {
        return !started ? first() : positioned && to(position + 1);
    }

    @Override
    public boolean prev() {
        return !started ? last() : positioned && to(position - 1);
    }

    @Override
    public boolean isPositioned() {
        return positioned;
    }

    private KVEntry here() {
        if (!positioned) {
            throw new InvalidOperationException(ErrorCode.NOT_POSITIONED, "no position");
        }
        return entries.get(position);
    }

    @Override
    public Slice keySlice() {
        return scope.slice(here().key(), 0, here().key().length);
    }

    @Override
    public Slice valueSlice() {
        return scope.slice(here().value(), 0, here().value().length);
    }

    @Override
    public long version() {
        return here().version();
    }

    @Override
    public Optional<Instant> expiresAt() {
        return here().expiresAt();
    }

    @Override
    public byte metadata() {
        return here().metadata();
    }

    @Override
    public boolean isDeletion() {
        return here().deletion();
    }

    @Override
    public void close() {
        scope.end();
        positioned = false;
    }
}
