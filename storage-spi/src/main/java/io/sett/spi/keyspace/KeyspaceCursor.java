// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.keyspace;

import io.sett.api.common.Slice;
import io.sett.api.kv.Cursor;
import java.time.Instant;
import java.util.Optional;

/** A cursor over one keyspace: the stored cursor, whose range is that of the keyspace, with keys as users know them. */
final class KeyspaceCursor implements Cursor {

    private final Cursor stored;
    private final KeyMapping mapping;

    KeyspaceCursor(Cursor stored, KeyMapping mapping) {
        this.stored = stored;
        this.mapping = mapping;
    }

    @Override
    public boolean first() {
        return stored.first();
    }

    @Override
    public boolean last() {
        return stored.last();
    }

    @Override
    public boolean seek(byte[] key) {
        return stored.seek(mapping.stored(key));
    }

    @Override
    public boolean seekForPrev(byte[] key) {
        return stored.seekForPrev(mapping.stored(key));
    }

    @Override
    public boolean next() {
        return stored.next();
    }

    @Override
    public boolean prev() {
        return stored.prev();
    }

    @Override
    public boolean isPositioned() {
        return stored.isPositioned();
    }

    @Override
    public Slice keySlice() {
        return mapping.original(stored.keySlice());
    }

    @Override
    public byte[] key() {
        return mapping.original(stored.key());
    }

    @Override
    public Slice valueSlice() {
        return stored.valueSlice();
    }

    @Override
    public byte[] value() {
        return stored.value();
    }

    @Override
    public long valueSize() {
        return stored.valueSize();
    }

    @Override
    public long version() {
        return stored.version();
    }

    @Override
    public Optional<Instant> expiresAt() {
        return stored.expiresAt();
    }

    @Override
    public byte metadata() {
        return stored.metadata();
    }

    @Override
    public boolean isDeletion() {
        return stored.isDeletion();
    }

    @Override
    public void close() {
        stored.close();
    }
}
