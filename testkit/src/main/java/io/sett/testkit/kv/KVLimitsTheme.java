// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.kv;

import static io.sett.testkit.Bytes.bytes;
import static io.sett.testkit.Bytes.pattern;
import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.common.Limits;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.LimitExceededException;
import io.sett.api.kv.KVBatch;
import io.sett.api.kv.KVWriter;
import io.sett.api.kv.Transaction;
import io.sett.testkit.Theme;
import org.junit.jupiter.api.Test;

/**
 * Limits, one below, at and one above them. Limits that are too large to be reached by a test are only checked to be
 * there; run the contract once more with small limits in the settings where the engine has settings for them.
 */
@Theme("limits")
public interface KVLimitsTheme extends KVTheme {

    /** The largest key that is tried. */
    int KEY_REACH = 1 << 20;
    /** The largest value that is tried. */
    int VALUE_REACH = 16 << 20;
    /** The largest transaction in bytes that is filled up. */
    long TRANSACTION_REACH = 32 << 20;
    /** The largest number of writes that is filled up. */
    long OPERATIONS_REACH = 20_000;

    private void requireHelpful(LimitExceededException error, long actual, long limit) {
        assertThat(error.getMessage()).as("the message says where, how much, and the limit")
                .contains("test").contains("" + actual).contains("" + limit);
        assertThat(error.retryable()).isFalse();
    }

    @Test
    default void limitsAreDeclared() {
        Limits limits = store().limits();
        assertThat(limits.maxKeyBytes()).isGreaterThanOrEqualTo(256);
        assertThat(limits.maxValueBytes()).isGreaterThanOrEqualTo(1024);
        assertThat(limits.maxTransactionBytes()).isGreaterThanOrEqualTo(1024);
        assertThat(limits.maxTransactionOperations()).isGreaterThanOrEqualTo(16);
    }

    @Test
    default void keysUpToTheLimitAreTaken() {
        long limit = store().limits().maxKeyBytes();
        int largest = (int) Math.min(limit, KEY_REACH);
        for (int length : new int[] {largest - 1, largest}) {
            byte[] key = pattern(length, length);
            store().put(key, bytes("v"));
            assertThat(store().get(key)).as("key of %d bytes", length).isPresent();
            assertThat(store().has(pattern(length, length + 1L))).isFalse();
        }
        assertThat(store().count(new byte[0])).isEqualTo(2);
    }

    @Test
    default void aKeyOverTheLimitIsRefused() {
        long limit = store().limits().maxKeyBytes();
        if (limit <= KEY_REACH) {
            byte[] key = pattern((int) limit + 1, 1);
            requireHelpful(failing(LimitExceededException.class, ErrorCode.ENTRY_TOO_LARGE,
                    () -> store().put(key, bytes("v"))), limit + 1, limit);
            try (KVBatch batch = store().batchBegin(); Transaction transaction = begin()) {
                for (KVWriter writer : new KVWriter[] {batch, transaction}) {
                    failing(LimitExceededException.class, ErrorCode.ENTRY_TOO_LARGE,
                            () -> writer.put(key, bytes("v")));
                    put(writer, "still", "works");
                }
                assertThat(batch.size()).isOne();
                assertThat(transaction.isActive()).isTrue();
            }
            assertThat(store().get(key)).as("a key that can never have been put is absent").isEmpty();
        }
        assertThat(content(store())).isEmpty();
    }

    @Test
    default void valuesUpToTheLimitAreTakenAndLargerOnesRefused() {
        long limit = store().limits().maxValueBytes();
        fill("k", "old");
        if (limit > VALUE_REACH) {
            byte[] value = pattern(VALUE_REACH / 4, 1);
            store().put(bytes("k"), value);
            assertThat(store().getOrThrow(bytes("k"))).isEqualTo(value);
            return;
        }
        requireHelpful(failing(LimitExceededException.class, ErrorCode.ENTRY_TOO_LARGE,
                () -> store().put(bytes("k"), new byte[(int) limit + 1])), limit + 1, limit);
        assertThat(get(store(), "k")).as("a refused put changes nothing").contains("old");
        for (int length : new int[] {(int) limit - 1, (int) limit}) {
            byte[] value = pattern(length, length);
            store().put(bytes("k"), value);
            assertThat(store().getOrThrow(bytes("k"))).as("value of %d bytes", length).isEqualTo(value);
        }
    }

    @Test
    default void aTransactionWithTooManyBytesIsRefused() {
        Limits limits = store().limits();
        int piece = (int) Math.min(limits.maxValueBytes(), 64 << 10);
        if (limits.maxTransactionBytes() <= TRANSACTION_REACH
                && limits.maxTransactionBytes() / piece < limits.maxTransactionOperations()) {
            try (Transaction transaction = begin()) {
                long pieces = limits.maxTransactionBytes() / piece + 1;
                LimitExceededException error = failing(LimitExceededException.class, ErrorCode.TXN_TOO_BIG, () -> {
                    for (int i = 0; i < pieces; i++) {
                        transaction.put(bytes("k" + i), pattern(piece, i));
                    }
                });
                assertThat(error.getMessage()).contains("" + limits.maxTransactionBytes());
            }
            assertThat(content(store())).isEmpty();
        } else {
            writeAndCheck(2000);
        }
    }

    @Test
    default void aTransactionWithTooManyWritesIsRefused() {
        long limit = store().limits().maxTransactionOperations();
        if (limit > OPERATIONS_REACH) {
            writeAndCheck(5000);
            return;
        }
        try (KVBatch batch = store().batchBegin()) {
            for (int i = 0; i < limit; i++) {
                batch.put(bytes("k" + i), new byte[0]);
            }
            LimitExceededException error = failing(LimitExceededException.class, ErrorCode.TXN_TOO_BIG,
                    () -> batch.put(bytes("one more"), new byte[0]));
            assertThat(error.getMessage()).contains("" + limit);
            batch.write();
        }
        assertThat(store().count(new byte[0])).isEqualTo(limit);
    }

    private void writeAndCheck(int writes) {
        try (Transaction transaction = begin()) {
            for (int i = 0; i < writes; i++) {
                put(transaction, "k" + i, "v" + i);
            }
            transaction.commit();
        }
        assertThat(store().count(bytes("k"))).isEqualTo(writes);
    }

    @Test
    default void aTransactionKnowsWhenItComesNearALimit() {
        long limit = store().limits().maxTransactionOperations();
        if (limit <= OPERATIONS_REACH) {
            try (Transaction transaction = begin()) {
                long enough = (limit * 8 + 9) / 10;
                for (int i = 0; i < enough; i++) {
                    transaction.put(bytes("k" + i), new byte[0]);
                }
                assertThat(transaction.size().isNearLimit()).isTrue();
            }
        }
        assertThat(store().limits()).isEqualTo(store().limits());
    }
}
