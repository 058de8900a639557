// SPDX-License-Identifier: Apache-2.0
package org.example.treap;

import io.sett.api.common.Slice;
import io.sett.api.common.SliceScope;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.CursorOptions;
import io.sett.api.kv.KVReader;
import io.sett.api.kv.ReadOptions;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads a state: a fixed one for snapshots, the newest at each call for the store itself. */
class TreapReader implements KVReader {

    private final TreapStore store;
    private final Supplier<TreapState> state;

    TreapReader(TreapStore store, Supplier<TreapState> state) {
        this.store = store;
        this.state = state;
    }

    private Optional<Treap> find(byte[] key, ReadOptions options) {
        check();
        store.arguments().checkKey(key);
        store.arguments().checkRead(options);
        return Optional.ofNullable(Treap.find(state.get().root(), key));
    }

    /** Throws when what is read from is closed; cursors ask too. */
    void check() {
        store.checkOpen();
    }

    @Override
    public Optional<byte[]> get(byte[] key, ReadOptions options) {
        return find(key, options).map(entry -> entry.value().clone());
    }

    @Override
    public boolean has(byte[] key, ReadOptions options) {
        return find(key, options).isPresent();
    }

    @Override
    public <T> Optional<T> read(byte[] key, Function<? super Slice, ? extends T> reader, ReadOptions options) {
        Optional<Treap> entry = find(key, options);
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        SliceScope scope = new SliceScope("a call of read");
        try {
            byte[] value = entry.get().value();
            return store.arguments().result(reader.apply(scope.slice(value, 0, value.length)));
        } finally {
            scope.end();
        }
    }

    @Override
    public Cursor cursor(CursorOptions options) {
        check();
        store.arguments().checkCursor(options);
        return new TreapCursor(this, store.handles(), state.get().root(), options);
    }
}
