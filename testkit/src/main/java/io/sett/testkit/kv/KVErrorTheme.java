// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.kv;

import static io.sett.testkit.Bytes.bytes;
import static io.sett.testkit.Bytes.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sett.api.common.Capability;
import io.sett.api.error.CancelledException;
import io.sett.api.error.DeadlineExceededException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.StorageException;
import io.sett.api.kv.CursorOptions;
import io.sett.api.kv.KVBatch;
import io.sett.api.kv.KVStore;
import io.sett.api.kv.PutOptions;
import io.sett.api.kv.ReadOptions;
import io.sett.api.kv.Transaction;
import io.sett.api.kv.TransactionMode;
import io.sett.api.kv.TransactionOptions;
import io.sett.api.kv.WriteOptions;
import io.sett.testkit.Theme;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What errors say; interrupts; deadlines. */
@Theme("errors, deadlines")
public interface KVErrorTheme extends KVTheme {

    @Test
    default void errorsNameTheStoreAndSayWhatToDo() {
        fill("a", "1");
        Transaction readOnly = beginReading();
        Transaction ended = begin();
        ended.commit();
        KVStore other = fixture().openElsewhere();
        other.close();
        for (Use use : new Use[] {() -> store().put(new byte[0], bytes("v")), () -> put(readOnly, "a", "2"),
            () -> get(ended, "a"), () -> get(other, "a"), () -> store().unwrap(java.util.BitSet.class)}) {
            Throwable error = catchThrowable(use::run);
            assertThat(error).isInstanceOf(StorageException.class);
            assertThat(error.getMessage()).as("the store is named in: %s", error).contains("test");
            assertThat(error.getMessage().length()).as("a sentence, not a word: %s", error).isGreaterThanOrEqualTo(20);
            assertThat(((StorageException) error).details()).isNotNull();
        }
        readOnly.close();
    }

    /** Runs a use with the interrupt flag set; the flag must be set afterwards, and is then cleared. */
    private Throwable interrupted(Use use) {
        Thread.currentThread().interrupt();
        try {
            Throwable thrown = catchThrowable(use::run);
            assertThat(Thread.currentThread().isInterrupted()).as("the interrupt flag stays set").isTrue();
            return thrown;
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    default void anInterruptedWriteWritesNothing() {
        fill("a", "old");
        KVBatch batch = store().batchBegin();
        put(batch, "b", "2");
        Transaction transaction = begin();
        put(transaction, "c", "3");
        for (Use use : new Use[] {() -> fill("a", "new"), () -> store().delete(bytes("a")), batch::write,
            transaction::commit}) {
            Throwable thrown = interrupted(use);
            assertThat(thrown).as("with the interrupt flag set a write throws CancelledException")
                    .isInstanceOf(CancelledException.class);
            assertThat(((StorageException) thrown).outcomeUnknown()).as("outcome of %s", thrown).isFalse();
        }
        transaction.close();
        assertThat(content(store())).containsExactly("a=old");
        batch.write();
        batch.close();
        fill("c", "works");
        assertThat(content(store())).containsExactly("a=old", "b=2", "c=works");
    }

    @Test
    default void anInterruptNeverClosesTheStoreUnderOthers() {
        for (int i = 0; i < 100; i++) {
            fill("k" + i, "v" + i);
        }
        for (int i = 0; i < 100; i++) {
            int number = i;
            Throwable thrown = interrupted(() -> {
                store().get(bytes("k" + number));
                store().count(bytes("k"));
                fill("k" + number, "again");
            });
            assertThat(thrown).as("with the interrupt flag set a write throws CancelledException")
                    .isInstanceOf(CancelledException.class);
            assertThat(get(store(), "k" + i)).contains("v" + i);
        }
        assertThat(store().count(bytes("k"))).isEqualTo(100);
        if (offers(Capability.PERSISTENT)) {
            fixture().reopen();
            assertThat(store().count(bytes("k"))).isEqualTo(100);
        }
    }

    @Test
    default void updateEndsWhenItIsInterrupted() {
        fill("a", "1");
        Throwable thrown = interrupted(() -> store().increment(bytes("n"), 1));
        assertThat(thrown).as("with the interrupt flag set a write throws CancelledException")
                    .isInstanceOf(CancelledException.class);
        assertThat(store().has(bytes("n"))).isFalse();
    }

    private boolean hasDeadlines() {
        if (offers(Capability.DEADLINES)) {
            return true;
        }
        ReadOptions read = ReadOptions.defaults().withTimeout(Duration.ofSeconds(5));
        WriteOptions write = WriteOptions.defaults().withTimeout(Duration.ofSeconds(5));
        refuses(Capability.DEADLINES, () -> store().get(bytes("a"), read), () -> store().has(bytes("a"), read),
                () -> store().put(bytes("a"), bytes("1"), PutOptions.defaults(), write),
                () -> store().delete(bytes("a"), write),
                () -> store().cursor(CursorOptions.defaults().withRead(read)).close());
        assertThat(content(store())).isEmpty();
        return false;
    }

    @Test
    default void callsWithTimeEnoughSucceed() {
        if (hasDeadlines()) {
            ReadOptions read = ReadOptions.defaults().withTimeout(Duration.ofMinutes(1));
            WriteOptions write = WriteOptions.defaults().withTimeout(Duration.ofMinutes(1));
            store().put(bytes("a"), bytes("1"), PutOptions.defaults(), write);
            assertThat(store().get(bytes("a"), read)).isPresent();
            assertThat(store().has(bytes("a"), read)).isTrue();
            assertThat(store().read(bytes("a"), slice -> slice.length(), read)).contains(1);
            assertThat(store().getMany(List.of(bytes("a")), read).get(0)).isPresent();
            try (var cursor = store().cursor(CursorOptions.defaults().withRead(read))) {
                assertThat(keys(cursor)).containsExactly("a");
            }
            store().delete(bytes("a"), write);
            try (Transaction transaction = begin(); KVBatch batch = store().batchBegin()) {
                put(transaction, "t", "1");
                transaction.commit(write);
                put(batch, "b", "1");
                batch.write(write);
            }
            assertThat(content(store())).containsExactly("b=1", "t=1");
        }
    }

    @Test
    default void aCallThatRanOutOfTimeHasChangedNothing() {
        if (hasDeadlines()) {
            store().put(bytes("n"), number(0));
            long expected = 0;
            List<StorageException> late = new ArrayList<>();
            WriteOptions write = WriteOptions.defaults().withTimeout(Duration.ofNanos(1));
            for (long i = 1; i <= 100; i++) {
                long value = i;
                Throwable thrown =
                        catchThrowable(() -> store().put(bytes("n"), number(value), PutOptions.defaults(), write));
                if (thrown == null) {
                    expected = value;
                } else {
                    assertThat(thrown).isInstanceOf(DeadlineExceededException.class);
                    late.add((StorageException) thrown);
                }
                if (late.stream().noneMatch(StorageException::outcomeUnknown)) {
                    assertThat(number(store().getOrThrow(bytes("n")))).as("after %s", thrown).isEqualTo(expected);
                }
            }
            assertThat(late).allSatisfy(error -> assertThat(error.getMessage()).contains("PT0.000000001S"));
        }
    }

    @Test
    default void aTransactionOverItsTimeoutIsRolledBack() {
        TransactionOptions options = strictest().withTimeout(Duration.ofMillis(1));
        try (Transaction transaction = store().transaction(options)) {
            Throwable early = catchThrowable(() -> put(transaction, "a", "1"));
            long begun = System.nanoTime();
            while (System.nanoTime() - begun < 5_000_000) {
                Thread.onSpinWait();
            }
            advance(Duration.ofSeconds(10));
            DeadlineExceededException error = failing(DeadlineExceededException.class, ErrorCode.TXN_TIMEOUT,
                    transaction::commit);
            assertThat(error.getMessage()).contains("PT0.001S");
            assertThat(early == null || early instanceof DeadlineExceededException).isTrue();
            failing(DeadlineExceededException.class, ErrorCode.TXN_TIMEOUT, () -> get(transaction, "a"));
            assertThat(transaction.isActive()).isFalse();
        }
        assertThat(content(store())).isEmpty();
    }

    @Test
    default void waitingForALockEndsWithTheTimeout() {
        if (!offers(Capability.PESSIMISTIC_TRANSACTIONS)) {
            refuses(Capability.PESSIMISTIC_TRANSACTIONS,
                    () -> store().transaction(strictest().withMode(TransactionMode.PESSIMISTIC)).close());
            return;
        }
        TransactionOptions options = strictest().withMode(TransactionMode.PESSIMISTIC);
        fill("a", "1");
        try (Transaction holder = store().transaction(options);
                Transaction waiter = store().transaction(options.withTimeout(Duration.ofMillis(50)))) {
            holder.getForUpdate(bytes("a"));
            StorageException error = failing(StorageException.class, () -> waiter.getForUpdate(bytes("a")));
            assertThat(error).isInstanceOf(DeadlineExceededException.class);
            put(holder, "a", "2");
            holder.commit();
        }
        assertThat(get(store(), "a")).contains("2");
    }
}
