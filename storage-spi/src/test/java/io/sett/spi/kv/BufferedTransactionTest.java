// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.kv;

import static io.sett.spi.kv.TestKeys.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sett.api.common.KeyRange;
import io.sett.api.error.ClosedException;
import io.sett.api.error.DeadlineExceededException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.error.StorageException;
import io.sett.api.error.TransactionConflictException;
import io.sett.api.error.UnsupportedFeatureException;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.CursorOptions;
import io.sett.api.kv.Isolation;
import io.sett.api.kv.KVBatch;
import io.sett.api.kv.PutOptions;
import io.sett.api.kv.Transaction;
import io.sett.api.kv.TransactionMode;
import io.sett.api.kv.TransactionOptions;
import io.sett.api.kv.WriteOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class BufferedTransactionTest {

    private final TinyStore store = new TinyStore();

    private static ErrorCode code(Runnable call) {
        try {
            call.run();
        } catch (StorageException failure) {
            return failure.code();
        }
        throw new AssertionError("nothing was thrown");
    }

    private Transaction begin(Isolation isolation) {
        return store.transaction(TransactionOptions.defaults().withIsolation(isolation));
    }

    @Test
    void seesItsOwnWritesAndOthersDoNot() {
        store.put("a", "1");
        try (Transaction transaction = begin(Isolation.SERIALIZABLE)) {
            transaction.put(bytes("a"), bytes("2"));
            transaction.put(bytes("b"), bytes("3"));
            transaction.delete(bytes("c"));
            assertThat(transaction.get(bytes("a"))).contains(bytes("2"));
            assertThat(transaction.has(bytes("b"))).isTrue();
            assertThat(transaction.has(bytes("c"))).isFalse();
            assertThat(transaction.read(bytes("b"), slice -> slice.length())).contains(1);
            assertThat(transaction.count(new byte[0])).isEqualTo(2);
            assertThat(store.get("a")).contains("1");
            assertThat(transaction.size().operations()).isEqualTo(3);
            assertThat(transaction.commit()).isEqualTo(2);
        }
        assertThat(store.get("a")).contains("2");
        assertThat(store.get("b")).contains("3");
        assertThat(store.endings).containsExactly(TransactionOutcome.COMMITTED);
        assertThat(store.handles().openCount()).isZero();
    }

    @Test
    void ownWritesExpireToo() {
        try (Transaction transaction = begin(Isolation.SERIALIZABLE)) {
            transaction.put(bytes("t"), bytes("v"), PutOptions.ttl(Duration.ofSeconds(1)).withMetadata((byte) 9));
            assertThat(transaction.has(bytes("t"))).isTrue();
            assertThat(transaction.entry(bytes("t")).orElseThrow().metadata()).isEqualTo((byte) 9);
            store.clock.advance(Duration.ofSeconds(1));
            assertThat(transaction.get(bytes("t"))).isEmpty();
            assertThat(transaction.count(new byte[0])).isZero();
        }
    }

    @Test
    void isDiscardedAfterItsEnd() {
        Transaction committed = begin(Isolation.SERIALIZABLE);
        committed.put(bytes("k"), bytes("v"));
        committed.commit();
        committed.rollback();
        committed.close();
        assertThat(committed.isActive()).isFalse();
        assertThat(code(committed::commit)).isEqualTo(ErrorCode.TXN_DISCARDED);
        assertThat(code(() -> committed.get(bytes("k")))).isEqualTo(ErrorCode.TXN_DISCARDED);
        assertThat(code(() -> committed.put(bytes("k"), bytes("v")))).isEqualTo(ErrorCode.TXN_DISCARDED);
        assertThat(committed.commitAsync(WriteOptions.defaults()).toCompletableFuture().isCompletedExceptionally())
                .isTrue();
        assertThat(store.get("k")).contains("v");
        Transaction rolledBack = begin(Isolation.SERIALIZABLE);
        rolledBack.put(bytes("k"), bytes("w"));
        rolledBack.rollback();
        rolledBack.rollback();
        assertThat(code(rolledBack::commit)).isEqualTo(ErrorCode.TXN_DISCARDED);
        assertThat(store.get("k")).contains("v");
        assertThat(store.endings).containsExactly(TransactionOutcome.COMMITTED, TransactionOutcome.ROLLED_BACK);
    }

    @Test
    void readingOnlyRefusesWrites() {
        try (Transaction transaction = store.transaction(TransactionOptions.forReading())) {
            assertThat(code(() -> transaction.put(bytes("k"), bytes("v")))).isEqualTo(ErrorCode.READ_ONLY_TXN);
            assertThat(code(() -> transaction.delete(bytes("k")))).isEqualTo(ErrorCode.READ_ONLY_TXN);
            assertThat(code(() -> transaction.getForUpdate(bytes("k")))).isEqualTo(ErrorCode.READ_ONLY_TXN);
            assertThat(transaction.commit()).isEqualTo(transaction.readVersion());
        }
    }

    @Test
    void refusesWhatTheStoreCannotDo() {
        assertThatThrownBy(() -> store.transaction(TransactionOptions.defaults().withMode(TransactionMode.PESSIMISTIC)))
                .isInstanceOf(UnsupportedFeatureException.class);
        try (Transaction transaction = begin(Isolation.SERIALIZABLE)) {
            transaction.put(bytes("k"), bytes("v"));
            assertThat(code(() -> transaction.commit(WriteOptions.sync()))).isEqualTo(ErrorCode.UNSUPPORTED_FEATURE);
            assertThat(transaction.isActive()).isTrue();
            assertThat(code(() -> transaction.get(new byte[0]))).isEqualTo(ErrorCode.INVALID_ARGUMENT);
            assertThat(code(() -> transaction.put(new byte[65], bytes("v")))).isEqualTo(ErrorCode.ENTRY_TOO_LARGE);
            transaction.commit();
        }
        assertThat(store.get("k")).contains("v");
    }

    @Test
    void timesOut() {
        TransactionOptions options = TransactionOptions.defaults().withTimeout(Duration.ofSeconds(5));
        Transaction transaction = store.transaction(options);
        Cursor cursor = transaction.iterate(new byte[0]);
        transaction.put(bytes("k"), bytes("v"));
        store.clock.advance(Duration.ofSeconds(5));
        assertThatThrownBy(cursor::next).isInstanceOf(DeadlineExceededException.class);
        assertThat(code(transaction::commit)).isEqualTo(ErrorCode.TXN_TIMEOUT);
        transaction.rollback();
        assertThat(store.get("k")).isEmpty();
        assertThat(store.active.count()).isZero();
        BufferedTransaction idle = store.transaction(options);
        assertThat(idle.expireIfOverdue()).isFalse();
        store.clock.advance(Duration.ofSeconds(6));
        assertThat(idle.expireIfOverdue()).isTrue();
        assertThat(store.active.count()).isZero();
        assertThat(code(idle::commit)).isEqualTo(ErrorCode.TXN_TIMEOUT);
        assertThat(store.endings).containsExactly(TransactionOutcome.TIMED_OUT, TransactionOutcome.TIMED_OUT);
    }

    @Test
    void closingTheStoreEndsIt() {
        Transaction transaction = begin(Isolation.SERIALIZABLE);
        Cursor cursor = transaction.iterate(new byte[0]);
        assertThat(store.handles().closeAll()).hasSize(1);
        assertThat(code(cursor::next)).isEqualTo(ErrorCode.STORE_CLOSED);
        assertThat(code(transaction::commit)).isEqualTo(ErrorCode.STORE_CLOSED);
        transaction.close();
        cursor.close();
        assertThat(store.endings).containsExactly(TransactionOutcome.STORE_CLOSED);
    }

    @Test
    void aSecondCallAtTheSameTimeIsRefused() {
        try (Transaction transaction = begin(Isolation.SERIALIZABLE)) {
            transaction.put(bytes("k"), bytes("v"));
            Optional<ErrorCode> inner = transaction.read(bytes("k"), slice -> code(() -> transaction.get(bytes("k"))));
            assertThat(inner).contains(ErrorCode.INVALID_ARGUMENT);
            transaction.read(bytes("k"), slice -> {
                transaction.rollback();
                return transaction.isActive();
            });
            assertThat(code(transaction::commit)).isEqualTo(ErrorCode.TXN_DISCARDED);
        }
    }

    @Test
    void cursorsShowOwnWritesOfTheirMomentAndCloseWithTheTransaction() {
        store.put("a", "1");
        store.put("c", "1");
        Transaction transaction = begin(Isolation.SERIALIZABLE);
        transaction.put(bytes("b"), bytes("2"));
        transaction.delete(bytes("c"));
        Cursor cursor = transaction.cursor(CursorOptions.of(KeyRange.all()));
        transaction.put(bytes("d"), bytes("3"));
        transaction.put(bytes("b"), bytes("overwritten"));
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.version()).isEqualTo(1);
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.value()).isEqualTo(bytes("2"));
        assertThat(cursor.version()).isZero();
        assertThat(cursor.next()).isFalse();
        assertThat(cursor.next()).isFalse();
        assertThat(cursor.prev()).isFalse();
        cursor.close();
        assertThat(code(cursor::first)).isEqualTo(ErrorCode.SCOPE_ENDED);
        Cursor left = transaction.iterate(new byte[0]);
        transaction.close();
        assertThat(code(left::next)).isEqualTo(ErrorCode.TXN_DISCARDED);
    }

    @Test
    void lostUpdatesConflictAtSnapshotAndSerializable() {
        for (Isolation isolation : Isolation.values()) {
            store.put("n", "0");
            Transaction one = begin(isolation);
            Transaction two = begin(isolation);
            one.get(bytes("n"));
            two.get(bytes("n"));
            one.put(bytes("n"), bytes("1"));
            two.put(bytes("n"), bytes("2"));
            one.commit();
            if (isolation == Isolation.READ_COMMITTED) {
                two.commit();
            } else {
                assertThatThrownBy(two::commit).isInstanceOf(TransactionConflictException.class);
                assertThat(code(two::commit)).isEqualTo(ErrorCode.TXN_DISCARDED);
            }
        }
    }

    @Test
    void getForUpdateConflictsAtEveryLevel() {
        for (Isolation isolation : Isolation.values()) {
            store.put("n", "0");
            Transaction one = begin(isolation);
            one.getForUpdate(bytes("n"));
            one.put(bytes("other"), bytes("1"));
            store.put("n", "1");
            assertThatThrownBy(one::commit).as(isolation.name()).isInstanceOf(TransactionConflictException.class);
            Transaction onlyAsks = begin(isolation);
            onlyAsks.getForUpdate(bytes("n"));
            long before = store.latestVersion();
            assertThat(onlyAsks.commit()).isEqualTo(before);
        }
    }

    @Test
    void writeSkewAndPhantomsOnlyBelowSerializable() {
        for (Isolation isolation : new Isolation[] {Isolation.SNAPSHOT, Isolation.SERIALIZABLE}) {
            store.put("x", "1");
            store.put("y", "1");
            Transaction one = begin(isolation);
            Transaction two = begin(isolation);
            one.get(bytes("x"));
            one.put(bytes("y"), bytes("0"));
            two.get(bytes("y"));
            two.put(bytes("x"), bytes("0"));
            Transaction counts = begin(isolation);
            counts.count(bytes("p"));
            counts.put(bytes("count" + isolation), bytes("0"));
            store.put("p" + isolation, "new");
            one.commit();
            if (isolation == Isolation.SNAPSHOT) {
                two.commit();
                counts.commit();
            } else {
                assertThatThrownBy(two::commit).isInstanceOf(TransactionConflictException.class);
                assertThatThrownBy(counts::commit).isInstanceOf(TransactionConflictException.class);
            }
        }
    }

    @Test
    void readCommittedSeesTheNewest() {
        store.put("k", "1");
        try (Transaction transaction = begin(Isolation.READ_COMMITTED);
                Transaction snapshot = begin(Isolation.SNAPSHOT)) {
            store.put("k", "2");
            assertThat(transaction.get(bytes("k"))).contains(bytes("2"));
            assertThat(transaction.readVersion()).isEqualTo(2);
            assertThat(snapshot.get(bytes("k"))).contains(bytes("1"));
            assertThat(snapshot.readVersion()).isEqualTo(1);
        }
    }

    @Test
    void commitsWithoutWaiting() {
        Transaction one = begin(Isolation.SERIALIZABLE);
        Transaction two = begin(Isolation.SERIALIZABLE);
        one.get(bytes("k"));
        two.get(bytes("k"));
        one.put(bytes("k"), bytes("1"));
        two.put(bytes("k"), bytes("2"));
        assertThat(one.commitAsync(WriteOptions.defaults()).toCompletableFuture().join()).isEqualTo(1);
        assertThat(one.isActive()).isFalse();
        assertThatThrownBy(() -> two.commitAsync(WriteOptions.defaults()).toCompletableFuture().join())
                .isInstanceOf(CompletionException.class).hasCauseInstanceOf(TransactionConflictException.class);
        assertThat(store.endings).containsExactly(TransactionOutcome.COMMITTED, TransactionOutcome.CONFLICTED);
    }

    @Test
    void batchesAreAtomicAndReusable() {
        try (KVBatch batch = new BufferedBatch(store)) {
            assertThat(batch.write()).isZero();
            byte[] key = bytes("a");
            batch.put(key, bytes("1"));
            key[0] = 'z';
            batch.put(bytes("a"), bytes("2"));
            batch.delete(bytes("b"));
            assertThat(batch.size()).isEqualTo(2);
            assertThat(batch.byteSize()).isEqualTo(3);
            assertThat(batch.write()).isEqualTo(1);
            assertThat(batch.size()).isZero();
            batch.put(bytes("c"), bytes("3"));
            batch.reset();
            assertThat(batch.write()).isZero();
            batch.put(bytes("c"), bytes("4"));
            assertThat(batch.writeAsync(WriteOptions.defaults()).toCompletableFuture().join()).isEqualTo(2);
            batch.close();
            assertThatThrownBy(() -> batch.put(bytes("d"), bytes("5"))).isInstanceOf(ClosedException.class);
        }
        assertThat(store.get("a")).contains("2");
        assertThat(store.get("c")).contains("4");
        assertThat(store.get("d")).isEmpty();
    }

    @Test
    void aFailedWriteKeepsTheBatch() {
        KVBatch batch = new BufferedBatch(store);
        batch.put(bytes("a"), bytes("1"));
        store.failing = true;
        assertThatThrownBy(batch::write).isInstanceOf(StorageException.class);
        assertThat(batch.size()).isEqualTo(1);
        store.failing = false;
        assertThat(batch.write()).isEqualTo(1);
        assertThatThrownBy(() -> batch.put(new byte[0], bytes("1"))).isInstanceOf(InvalidOperationException.class);
    }
}
