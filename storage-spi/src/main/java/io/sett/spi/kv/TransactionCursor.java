// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.kv;

import io.sett.api.common.Slice;
import io.sett.api.error.ClosedException;
import io.sett.api.error.ErrorCode;
import io.sett.api.kv.Cursor;
import java.time.Instant;
import java.util.Optional;

/** A cursor that can be used only while its transaction can, and that is one call of the transaction at each move. */
final class TransactionCursor implements Cursor {

    private final BufferedTransaction transaction;
    private final OverlayCursor cursor;
    private boolean closed;

    TransactionCursor(BufferedTransaction transaction, OverlayCursor cursor) {
        this.transaction = transaction;
        this.cursor = cursor;
    }

    private interface Move {
        boolean of(OverlayCursor cursor);
    }

    private boolean move(Move move) {
        enter();
        try {
            return move.of(cursor);
        } finally {
            transaction.leave();
        }
    }

    private void enter() {
        transaction.enter();
        if (closed) {
            transaction.leave();
            throw new ClosedException(ErrorCode.SCOPE_ENDED, "this cursor of transaction " + transaction.id()
                    + " is closed; open another one");
        }
    }

    @Override
    public boolean first() {
        return move(OverlayCursor::first);
    }

    @Override
    public boolean last() {
        return move(OverlayCursor::last);
    }

    @Override
    public boolean seek(byte[] key) {
        return move(overlay -> overlay.seek(key));
    }

    @Override
    public boolean seekForPrev(byte[] key) {
        return move(overlay -> overlay.seekForPrev(key));
    }

    @Override
    public boolean next() {
        return move(OverlayCursor::next);
    }

    @Override
    public boolean prev() {
        return move(OverlayCursor::prev);
    }

    @Override
    public boolean isPositioned() {
        return move(OverlayCursor::isPositioned);
    }

    @Override
    public Slice keySlice() {
        enter();
        try {
            return cursor.keySlice();
        } finally {
            transaction.leave();
        }
    }

    @Override
    public Slice valueSlice() {
        enter();
        try {
            return cursor.valueSlice();
        } finally {
            transaction.leave();
        }
    }

    @Override
    public byte[] key() {
        enter();
        try {
            return cursor.key();
        } finally {
            transaction.leave();
        }
    }

    @Override
    public byte[] value() {
        enter();
        try {
            return cursor.value();
        } finally {
            transaction.leave();
        }
    }

    @Override
    public long valueSize() {
        enter();
        try {
            return cursor.valueSize();
        } finally {
            transaction.leave();
        }
    }

    @Override
    public long version() {
        enter();
        try {
            return cursor.version();
        } finally {
            transaction.leave();
        }
    }

    @Override
    public Optional<Instant> expiresAt() {
        enter();
        try {
            return cursor.expiresAt();
        } finally {
            transaction.leave();
        }
    }

    @Override
    public byte metadata() {
        enter();
        try {
            return cursor.metadata();
        } finally {
            transaction.leave();
        }
    }

    @Override
    public boolean isDeletion() {
        return move(OverlayCursor::isDeletion);
    }

    /** Once the transaction has ended this does nothing, since it has closed its cursors. */
    @Override
    public void close() {
        if (transaction.tryEnter()) {
            try {
                if (!closed) {
                    cursor.recordScan();
                    transaction.forget(this);
                    closeNow();
                }
            } finally {
                transaction.leave();
            }
        }
    }

    void recordScan() {
        cursor.recordScan();
    }

    /** For the transaction, which is inside its gate or has ended. */
    void closeNow() {
        closed = true;
        cursor.close();
    }
}
