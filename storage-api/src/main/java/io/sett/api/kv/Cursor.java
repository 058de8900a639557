// SPDX-License-Identifier: Apache-2.0
package io.sett.api.kv;

import io.sett.api.common.Slice;
import java.time.Instant;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A position in the ordered entries of a store, transaction or snapshot.
 *
 * <p>All of it shows one moment: writes made after it was opened are not seen (a transaction's cursor does see what the
 * transaction itself had written before the cursor was opened). "First" and "next" follow the direction of the cursor:
 * in a reverse cursor {@code first()} is the highest key. A new cursor has no position; {@link #next()} then goes to
 * the first and {@link #prev()} to the last entry, so that {@code while (cursor.next())} shows everything.
 *
 * <p>Each move says whether the cursor now stands on an entry; reading where it does not throws
 * {@link io.sett.api.error.InvalidOperationException}. Once it ran off an end, {@code next} and {@code prev} keep
 * answering false until a {@code first}, {@code last} or {@code seek}. Slices are valid until the next move, arrays
 * belong to the caller. Values are loaded when they are asked for.
 *
 * <p>Threads: one at a time. An open cursor keeps old data alive: close it. A cursor left open is closed with its
 * store or transaction and reported with the stack that opened it.
 *
 * <p>Errors: {@link io.sett.api.error.ClosedException} after close, {@link io.sett.api.error.CorruptionException},
 * {@link io.sett.api.error.DeadlineExceededException}, {@link io.sett.api.error.CancelledException}.
 */
public interface Cursor extends AutoCloseable {

    /** To the first entry in the cursor's direction. */
    boolean first();

    /** To the last entry in the cursor's direction. */
    boolean last();

    /** To the first entry at or behind the key in the cursor's direction (a reverse cursor: the highest at or below). */
    boolean seek(byte[] key);

    /** To the last entry at or before the key in the cursor's direction (a reverse cursor: the lowest at or above). */
    boolean seekForPrev(byte[] key);

    /** One entry on. */
    boolean next();

    /** One entry back. */
    boolean prev();

    /** Whether it stands on an entry. */
    boolean isPositioned();

    /** The key here, until the next move. */
    Slice keySlice();

    /** The value here, until the next move; empty for a deletion. */
    Slice valueSlice();

    /** The version that wrote this entry: commits are numbered in order, from 1. 0 for a transaction's own write. */
    long version();

    /** When this entry expires, empty for never. */
    Optional<Instant> expiresAt();

    /** The caller's metadata byte. */
    byte metadata();

    /** Whether this is a deletion; only with {@code allVersions} or {@code sinceVersion}. */
    boolean isDeletion();

    /** Length of the value in bytes, without loading it where the engine can tell. */
    default long valueSize() {
        return valueSlice().length();
    }

    /** A copy of the key. */
    default byte[] key() {
        return keySlice().toByteArray();
    }

    /** A copy of the value. */
    default byte[] value() {
        return valueSlice().toByteArray();
    }

    /** A copy of the whole entry. */
    default KVEntry entry() {
        return new KVEntry(key(), value(), version(), expiresAt().orElse(null), metadata(), isDeletion());
    }

    /**
     * Where to go on later: {@code seek} a new cursor of the same options with this key, then skip entries with it.
     * Survives the store being closed and opened.
     */
    default byte[] resumeToken() {
        return key();
    }

    /** Hands all entries from here on (from the first, when it has no position yet) to the action, then has no position. */
    default void forEachRemaining(BiConsumer<? super Slice, ? super Slice> action) {
        boolean here = isPositioned() || next();
        while (here) {
            action.accept(keySlice(), valueSlice());
            here = next();
        }
    }

    /**
     * The entries from the next one on, copied one by one. Closing the stream closes the cursor: use it in a
     * try-with-resources statement.
     */
    default Stream<KVEntry> stream() {
        var entries = new Spliterators.AbstractSpliterator<KVEntry>(Long.MAX_VALUE,
                Spliterator.ORDERED | Spliterator.NONNULL) {
            @Override
            public boolean tryAdvance(Consumer<? super KVEntry> action) {
                boolean more = Cursor.this.next();
                if (more) {
                    action.accept(Cursor.this.entry());
                }
                return more;
            }
        };
        return StreamSupport.stream(entries, false).onClose(this::close);
    }

    /** Releases what it holds. Idempotent; may be called from another thread while no other call runs. */
    @Override
    void close();
}
