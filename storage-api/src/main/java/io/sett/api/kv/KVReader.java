// SPDX-License-Identifier: Apache-2.0
package io.sett.api.kv;

import io.sett.api.common.KeyRange;
import io.sett.api.common.Slice;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.KeyNotFoundException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads entries. A store reads what is committed now, a transaction and a snapshot read one moment.
 *
 * <p>To implement it: the four methods that take options. Everything else follows from them; an engine overrides what
 * it can do better.
 */
public interface KVReader {

    /** A copy of the value, or empty when the key is absent, deleted or expired. */
    Optional<byte[]> get(byte[] key, ReadOptions options);

    /** Whether the key has a value. Does not load the value. */
    boolean has(byte[] key, ReadOptions options);

    /**
     * Hands the value to a function without copying it, where the engine can (ZERO_COPY_READ).
     *
     * @param reader sees a slice that is valid until it returns; must not call the store, must not return the slice;
     *     what it throws reaches the caller
     * @return what the function returned, which must not be null, or empty when there is no value
     */
    <T> Optional<T> read(byte[] key, Function<? super Slice, ? extends T> reader, ReadOptions options);

    /** A cursor, to be closed. */
    Cursor cursor(CursorOptions options);

    /** {@link #get(byte[], ReadOptions)} with default options. */
    default Optional<byte[]> get(byte[] key) {
        return get(key, ReadOptions.defaults());
    }

    /**
     * A copy of the value.
     *
     * @throws KeyNotFoundException when there is none
     */
    default byte[] getOrThrow(byte[] key) {
        byte[] value = get(key).orElse(null);
        if (value == null) {
            throw new KeyNotFoundException(ErrorCode.KEY_NOT_FOUND, "no value for key " + HexFormat.of().formatHex(key)
                    + " (hexadecimal); use get to have it optional", Map.of("key", HexFormat.of().formatHex(key)));
        }
        return value;
    }

    /** {@link #has(byte[], ReadOptions)} with default options. */
    default boolean has(byte[] key) {
        return has(key, ReadOptions.defaults());
    }

    /** {@link #read(byte[], Function, ReadOptions)} with default options. */
    default <T> Optional<T> read(byte[] key, Function<? super Slice, ? extends T> reader) {
        return read(key, reader, ReadOptions.defaults());
    }

    /**
     * The values of many keys, in the order asked, all of one moment when this is a store with SNAPSHOTS, a transaction
     * or a snapshot.
     */
    default List<Optional<byte[]>> getMany(List<byte[]> keys) {
        return getMany(keys, ReadOptions.defaults());
    }

    /** {@link #getMany(List)} with options; the timeout covers the whole call where the engine keeps deadlines. */
    default List<Optional<byte[]>> getMany(List<byte[]> keys, ReadOptions options) {
        List<Optional<byte[]>> values = new ArrayList<>(keys.size());
        for (byte[] key : keys) {
            values.add(get(key, options));
        }
        return values;
    }

    /** The whole entry with version, expiry and metadata, or empty. */
    default Optional<KVEntry> entry(byte[] key) {
        try (Cursor cursor = cursor(CursorOptions.of(KeyRange.single(key)))) {
            return cursor.first() ? Optional.of(cursor.entry()) : Optional.empty();
        }
    }

    /** A forward cursor over the keys with this prefix; an empty prefix is every key. */
    default Cursor iterate(byte[] prefix) {
        return cursor(CursorOptions.prefix(prefix));
    }

    /** A cursor over {@code [start, end)}, from the highest key down when {@code reverse}. */
    default Cursor range(byte[] start, byte[] end, boolean reverse) {
        return cursor(CursorOptions.of(KeyRange.of(start, end)).withReverse(reverse));
    }

    /** How many keys have this prefix. Exact; costs a scan of the keys. */
    default long count(byte[] prefix) {
        return count(KeyRange.prefix(prefix));
    }

    /** How many keys lie in the range. Exact; costs a scan of the keys. */
    default long count(KeyRange range) {
        long count = 0;
        try (Cursor cursor = cursor(CursorOptions.of(range).withKeysOnly(true))) {
            while (cursor.next()) {
                count++;
            }
        }
        return count;
    }
}
