// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import io.sett.engine.lsm.internal.base.Bytes;
import io.sett.engine.lsm.internal.base.EntryKind;
import io.sett.engine.lsm.internal.base.EntryRef;
import io.sett.engine.lsm.internal.base.InternalCursor;
import io.sett.engine.lsm.internal.base.InternalKey;
import io.sett.engine.lsm.internal.base.ValueCell;
import io.sett.engine.lsm.internal.ingest.IngestSorter;
import io.sett.engine.lsm.internal.ingest.IngestTables;
import io.sett.spi.kv.PendingWrite;
import io.sett.spi.kv.WriteOverflow;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes of a large transaction in a sorter, whose temporary tables serve the transaction's own reads. */
final class SpilledWrites implements WriteOverflow {

    private final IngestSorter sorter;
    private final EntryRef found = new EntryRef();
    private final ValueCell view = new ValueCell();
    private byte[] cell = new byte[256];
    private @Nullable InternalCursor cursor;

    SpilledWrites(IngestSorter sorter) {
        this.sorter = sorter;
    }

    @Override
    public void take(Iterable<PendingWrite> writes) {
        closeCursor();
        for (PendingWrite write : writes) {
            if (write.isDeletion()) {
                sorter.add(EntryKind.DELETE, write.key(), Bytes.EMPTY, 0, 0);
                continue;
            }
            byte[] value = write.value();
            int length = ValueCell.encodedLength(write.metadata(), write.expiresAtMillis(), value.length);
            cell = Bytes.atLeast(cell, length);
            int at = ValueCell.writeHeader(cell, 0, write.metadata(), write.expiresAtMillis());
            System.arraycopy(value, 0, cell, at, value.length);
            sorter.add(EntryKind.PUT, write.key(), cell, 0, length);
        }
    }

    /** Writes all of it into tables. */
    void drainTo(IngestTables tables, IngestSorter.Step step) {
        closeCursor();
        sorter.drainTo(tables, step);
    }

    @Override
    public @Nullable PendingWrite find(byte[] key) {
        return sorter.find(key, found)
                ? write(key.clone(), found.trailer(), found.cellArray(), found.cellOffset(), found.cellLength()) : null;
    }

    private PendingWrite write(byte[] key, long trailer, byte[] array, int offset, int length) {
        if (InternalKey.kind(trailer) == EntryKind.DELETE) {
            return PendingWrite.deletion(key);
        }
        view.parse(array, offset, length);
        return PendingWrite.value(key, Arrays.copyOfRange(view.array(), view.payloadOffset(), view.payloadOffset()
                + view.payloadLength()), view.expiresAt(), view.userMeta());
    }

    private InternalCursor cursor() {
        InternalCursor open = cursor;
        if (open == null) {
            open = sorter.cursor();
            cursor = open;
        }
        return open;
    }

    private void closeCursor() {
        InternalCursor open = cursor;
        if (open != null) {
            cursor = null;
            open.close();
        }
    }

    private PendingWrite here(InternalCursor at) {
        byte[] key = Arrays.copyOfRange(at.keyArray(), at.keyOffset(), at.keyOffset() + at.keyLength());
        return write(key, at.trailer(), at.cellArray(), at.cellOffset(), at.cellLength());
    }

    @Override
    public @Nullable PendingWrite above(byte @Nullable [] key, boolean inclusive) {
        InternalCursor at = cursor();
        long trailer = inclusive ? InternalKey.FIRST_TRAILER : InternalKey.LAST_TRAILER;
        boolean more = key == null ? at.first() : at.seek(key, 0, key.length, trailer);
        return more ? here(at) : null;
    }

    @Override
    public @Nullable PendingWrite below(byte @Nullable [] key, boolean inclusive) {
        InternalCursor at = cursor();
        long trailer = inclusive ? InternalKey.LAST_TRAILER : InternalKey.FIRST_TRAILER;
        boolean more = key == null ? at.last() : at.seekForPrev(key, 0, key.length, trailer);
        if (!more) {
            return null;
        }
        byte[] oldest = Arrays.copyOfRange(at.keyArray(), at.keyOffset(), at.keyOffset() + at.keyLength());
        return at.seek(oldest, 0, oldest.length, InternalKey.FIRST_TRAILER) ? here(at) : null;
    }

    @Override
    public void close() {
        closeCursor();
        sorter.close();
    }
}
