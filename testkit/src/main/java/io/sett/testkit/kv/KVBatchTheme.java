// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.kv;

import static io.sett.testkit.Bytes.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.common.Capability;
import io.sett.api.common.Durability;
import io.sett.api.error.ClosedException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.kv.KVBatch;
import io.sett.api.kv.WriteOptions;
import io.sett.testkit.Theme;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Atomic groups of writes. */
@Theme("batch")
public interface KVBatchTheme extends KVTheme {

    @Test
    default void aNewBatchIsEmpty() {
        try (KVBatch batch = store().batchBegin()) {
            assertThat(batch.size()).isZero();
            assertThat(batch.byteSize()).isZero();
            assertThat(batch.write()).isZero();
        }
    }

    @Test
    default void nothingIsVisibleBeforeWrite() {
        fill("b", "old");
        try (KVBatch batch = store().batchBegin()) {
            put(batch, "a", "1");
            batch.delete(bytes("b"));
            assertThat(batch.size()).isEqualTo(2);
            assertThat(batch.byteSize()).isPositive();
            assertThat(content(store())).containsExactly("b=old");
            batch.write();
        }
        assertThat(content(store())).containsExactly("a=1");
    }

    @Test
    default void aBatchIsOneVersion() {
        long version;
        try (KVBatch batch = store().batchBegin()) {
            put(batch, "a", "1");
            put(batch, "b", "2");
            version = batch.write();
        }
        assertThat(version).isPositive();
        assertThat(store().entry(bytes("a")).orElseThrow().version()).isEqualTo(version);
        assertThat(store().entry(bytes("b")).orElseThrow().version()).isEqualTo(version);
        assertThat(store().version()).isEqualTo(version);
    }

    @Test
    default void theLastWriteOfAKeyWins() {
        fill("x", "old");
        try (KVBatch batch = store().batchBegin()) {
            put(batch, "k", "1");
            put(batch, "k", "2");
            batch.delete(bytes("d"));
            put(batch, "d", "back");
            put(batch, "x", "new");
            batch.delete(bytes("x"));
            batch.write();
        }
        assertThat(content(store())).containsExactly("d=back", "k=2");
    }

    @Test
    default void aWrittenBatchIsEmptyAndCanBeUsedAgain() {
        try (KVBatch batch = store().batchBegin()) {
            put(batch, "a", "1");
            long first = batch.write();
            assertThat(batch.size()).isZero();
            store().delete(bytes("a"));
            assertThat(batch.write()).as("an empty batch commits nothing").isZero();
            assertThat(get(store(), "a")).isEmpty();
            put(batch, "b", "2");
            assertThat(batch.write()).isGreaterThan(first);
        }
        assertThat(content(store())).containsExactly("b=2");
    }

    @Test
    default void resetForgetsWhatWasCollected() {
        try (KVBatch batch = store().batchBegin()) {
            put(batch, "a", "1");
            batch.reset();
            assertThat(batch.size()).isZero();
            assertThat(batch.byteSize()).isZero();
            batch.write();
            assertThat(content(store())).isEmpty();
            put(batch, "b", "2");
            batch.write();
        }
        assertThat(content(store())).containsExactly("b=2");
    }

    @Test
    default void closingABatchDropsWhatWasNotWritten() {
        KVBatch batch = store().batchBegin();
        put(batch, "a", "1");
        batch.close();
        batch.close();
        assertThat(content(store())).isEmpty();
        failing(ClosedException.class, () -> put(batch, "b", "2"));
        failing(ClosedException.class, batch::write);
    }

    @Test
    default void aBatchCopiesItsArguments() {
        byte[] key = bytes("key");
        byte[] value = bytes("value");
        try (KVBatch batch = store().batchBegin()) {
            batch.put(key, value);
            key[0] = 'X';
            value[0] = 'X';
            batch.write();
        }
        assertThat(content(store())).containsExactly("key=value");
    }

    @Test
    default void aRefusedWriteLeavesTheBatchAsItWas() {
        try (KVBatch batch = store().batchBegin()) {
            put(batch, "a", "1");
            failing(InvalidOperationException.class, ErrorCode.INVALID_ARGUMENT,
                    () -> batch.put(new byte[0], bytes("v")));
            assertThat(batch.size()).isOne();
            batch.write();
        }
        assertThat(content(store())).containsExactly("a=1");
    }

    @Test
    default void twoBatchesAreApart() {
        try (KVBatch one = store().batchBegin(); KVBatch two = store().batchBegin()) {
            put(one, "a", "1");
            put(two, "b", "2");
            two.write();
            assertThat(content(store())).containsExactly("b=2");
            one.write();
        }
        assertThat(content(store())).containsExactly("a=1", "b=2");
    }

    @Test
    default void readersSeeAllOfABatchOrNothing() throws InterruptedException {
        fill("a", "0", "b", "0");
        AtomicBoolean stop = new AtomicBoolean();
        AtomicReference<String> torn = new AtomicReference<>();
        Thread reader = new Thread(() -> {
            while (!stop.get() && torn.get() == null) {
                store().view(transaction -> {
                    String a = get(transaction, "a").orElse("-");
                    String b = get(transaction, "b").orElse("-");
                    if (!a.equals(b)) {
                        torn.set(a + " beside " + b);
                    }
                    return true;
                });
            }
        });
        if (!offers(Capability.SERIALIZABLE)) {
            return;
        }
        reader.start();
        try (KVBatch batch = store().batchBegin()) {
            for (int i = 1; i <= 500; i++) {
                put(batch, "a", "" + i);
                put(batch, "b", "" + i);
                batch.write();
            }
        } finally {
            stop.set(true);
            reader.join();
        }
        assertThat(torn.get()).as("half of a batch was seen").isNull();
    }

    @Test
    default void everyDurabilityIsTakenOrRefused() {
        try (KVBatch batch = store().batchBegin()) {
            put(batch, "a", "1");
            batch.write(WriteOptions.defaults());
            put(batch, "b", "2");
            if (offers(Capability.SYNC_WRITES)) {
                batch.write(WriteOptions.sync());
            } else {
                refuses(Capability.SYNC_WRITES, () -> batch.write(WriteOptions.sync()));
                batch.write();
            }
            put(batch, "c", "3");
            if (offers(Capability.PERSISTENT)) {
                batch.write(WriteOptions.defaults().withDurability(Durability.PROCESS));
            } else {
                refuses(Capability.PERSISTENT,
                        () -> batch.write(WriteOptions.defaults().withDurability(Durability.PROCESS)));
                batch.write();
            }
        }
        assertThat(content(store())).containsExactly("a=1", "b=2", "c=3");
    }

    @Test
    default void aBatchCanBeWrittenWithoutWaiting() {
        try (KVBatch batch = store().batchBegin()) {
            put(batch, "a", "1");
            if (!offers(Capability.ASYNC_COMMIT)) {
                refuses(Capability.ASYNC_COMMIT, () -> batch.writeAsync(WriteOptions.defaults()));
                assertThat(content(store())).isEmpty();
                return;
            }
            CompletionStage<Long> stage = batch.writeAsync(WriteOptions.defaults());
            assertThat(batch.size()).isZero();
            long version = stage.toCompletableFuture().join();
            assertThat(content(store())).containsExactly("a=1");
            assertThat(store().entry(bytes("a")).orElseThrow().version()).isEqualTo(version);
        }
    }
}
