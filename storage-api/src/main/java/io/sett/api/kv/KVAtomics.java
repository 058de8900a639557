// SPDX-License-Identifier: Apache-2.0
package io.sett.api.kv;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Read-and-write steps on one key that are atomic among all writers. Built on transactions; an engine overrides what
 * it can do without one.
 */
public interface KVAtomics extends Transactional {

    /** Puts the replacement when the current value equals the expected one; says whether it did. */
    default boolean compareAndSet(byte[] key, byte[] expected, byte[] replacement) {
        return update(transaction -> {
            boolean same = transaction.getForUpdate(key).filter(value -> Arrays.equals(value, expected)).isPresent();
            if (same) {
                transaction.put(key, replacement);
            }
            return same;
        });
    }

    /** Puts the value when there is none; returns the value that was there, or empty when it was put. */
    default Optional<byte[]> putIfAbsent(byte[] key, byte[] value) {
        return update(transaction -> {
            Optional<byte[]> current = transaction.getForUpdate(key);
            if (current.isEmpty()) {
                transaction.put(key, value);
            }
            return current;
        });
    }

    /** Puts the value and returns the one that was there. */
    default Optional<byte[]> getAndSet(byte[] key, byte[] value) {
        return update(transaction -> {
            Optional<byte[]> before = transaction.getForUpdate(key);
            transaction.put(key, value);
            return before;
        });
    }

    /**
     * Adds to a number kept as 8 bytes big-endian; an absent key counts as 0. Overflow wraps around.
     *
     * @return the new number
     * @throws InvalidOperationException VALUE_TYPE_MISMATCH when the value is not 8 bytes long
     */
    default long increment(byte[] key, long delta) {
        return update(transaction -> {
            byte[] current = transaction.getForUpdate(key).orElseGet(() -> new byte[Long.BYTES]);
            if (current.length != Long.BYTES) {
                throw new InvalidOperationException(ErrorCode.VALUE_TYPE_MISMATCH,
                        "increment needs a value of 8 bytes under key " + HexFormat.of().formatHex(key) + ", found "
                                + current.length + " bytes", Map.of("length", current.length));
            }
            long sum = ByteBuffer.wrap(current).getLong() + delta;
            transaction.put(key, ByteBuffer.allocate(Long.BYTES).putLong(sum).array());
            return sum;
        });
    }

    /**
     * Replaces the value of a key by what the function makes of it.
     *
     * @param merge gets the current value or empty, returns the new one or empty to delete the key; may run repeatedly
     * @return the new value
     */
    default Optional<byte[]> merge(byte[] key, UnaryOperator<Optional<byte[]>> merge) {
        return update(transaction -> {
            Optional<byte[]> result = merge.apply(transaction.getForUpdate(key));
            result.ifPresentOrElse(value -> transaction.put(key, value), () -> transaction.delete(key));
            return result;
        });
    }
}
