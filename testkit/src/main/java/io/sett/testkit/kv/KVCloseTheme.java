// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.kv;

import static io.sett.testkit.Bytes.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.common.Capability;
import io.sett.api.common.Health;
import io.sett.api.error.ClosedException;
import io.sett.api.error.ErrorCode;
import io.sett.api.event.EventType;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.KVBatch;
import io.sett.api.kv.KVStore;
import io.sett.api.kv.Snapshot;
import io.sett.api.kv.Transaction;
import io.sett.spi.HandleTracker;
import io.sett.testkit.StoreFixture;
import io.sett.testkit.Theme;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The end of things: close in any order, use after close, leaks. */
@Theme("close, leaks")
public interface KVCloseTheme extends KVTheme {

    @Test
    default void closingIsIdempotent() {
        KVStore store = store();
        fill("a", "1");
        store.close();
        store.close();
        assertThat(store.isOpen()).isFalse();
        assertThat(store.health().status()).isEqualTo(Health.Status.DOWN);
        assertThat(store.metrics()).isNotNull();
        assertThat(store.name()).isEqualTo("test");
        assertThat(store.toString()).isNotNull();
    }

    @Test
    default void aClosedStoreRefusesEverything() {
        KVStore store = store();
        fill("a", "1");
        store.close();
        for (Use use : new Use[] {() -> store.get(bytes("a")), () -> store.has(bytes("a")),
            () -> store.put(bytes("a"), bytes("2")), () -> store.delete(bytes("a")), store::batchBegin,
            () -> store.transaction(false), () -> store.transaction(true), store::snapshot,
            () -> store.iterate(new byte[0]), () -> store.count(new byte[0]), store::size, store::version,
            () -> store.read(bytes("a"), slice -> 1), () -> store.increment(bytes("n"), 1),
            () -> store.getMany(List.of(bytes("a"))), () -> store.maintenance().flush()}) {
            failing(ClosedException.class, ErrorCode.STORE_CLOSED, use);
        }
    }

    @Test
    default void closingTheStoreClosesWhatHangsOnIt() {
        KVStore store = store();
        fill("a", "1");
        Transaction transaction = begin();
        put(transaction, "b", "2");
        Cursor inTransaction = transaction.iterate(new byte[0]);
        inTransaction.next();
        Cursor cursor = store.iterate(new byte[0]);
        cursor.next();
        KVBatch batch = store.batchBegin();
        put(batch, "c", "3");
        store.close();
        for (Use use : new Use[] {() -> get(transaction, "a"), transaction::commit, inTransaction::next,
            inTransaction::keySlice, cursor::next, cursor::keySlice, () -> put(batch, "d", "4"), batch::write}) {
            failing(ClosedException.class, use);
        }
        inTransaction.close();
        transaction.rollback();
        transaction.close();
        cursor.close();
        batch.close();
        if (store.supports(Capability.PERSISTENT)) {
            fixture().close();
        }
    }

    @Test
    default void endingATransactionClosesItsCursors() {
        fillKeys("a", "b");
        for (boolean commit : new boolean[] {true, false}) {
            Transaction transaction = begin();
            Cursor cursor = transaction.iterate(new byte[0]);
            cursor.next();
            if (commit) {
                transaction.commit();
            }
            transaction.close();
            failing(ClosedException.class, cursor::next);
            cursor.close();
        }
    }

    @Test
    default void anythingMayBeClosedInAnyOrder() {
        for (int round = 0; round < 20; round++) {
            KVStore store = fixture().openElsewhere();
            put(store, "a", "1");
            Transaction transaction = store.transaction(strictest());
            put(transaction, "b", "2");
            List<AutoCloseable> all = new ArrayList<>(List.of(store, transaction, transaction.iterate(new byte[0]),
                    store.iterate(new byte[0]), store.batchBegin()));
            if (store.supports(Capability.SNAPSHOTS)) {
                Snapshot snapshot = store.snapshot();
                all.add(snapshot);
                all.add(snapshot.iterate(new byte[0]));
            }
            Collections.shuffle(all, new Random(round));
            for (AutoCloseable one : all) {
                assertThat(org.assertj.core.api.Assertions.catchThrowable(one::close))
                        .as("closing %s in round %d", one.getClass().getSimpleName(), round).isNull();
            }
            assertThat(store.isOpen()).isFalse();
        }
    }

    @Test
    default void whatIsOpenCanBeCounted() {
        KVStore store = store();
        fill("a", "1");
        HandleTracker tracker = StoreFixture.tracker(store);
        assertThat(tracker.openCount()).isZero();
        Transaction transaction = begin();
        Cursor cursor = store.iterate(new byte[0]);
        assertThat(tracker.openCount()).isEqualTo(2);
        assertThat(tracker.leaks()).allSatisfy(leak -> assertThat(leak.openedAt())
                .as("with full tracking the stack that opened a %s is known", leak.what()).isNotNull());
        cursor.close();
        transaction.close();
        assertThat(tracker.openCount()).isZero();
    }

    @Test
    default void ordinaryCallsLeaveNothingOpen() {
        fill("a", "1", "b", "2");
        store().get(bytes("a"));
        store().count(new byte[0]);
        store().entry(bytes("a"));
        store().getMany(List.of(bytes("a"), bytes("b")));
        store().increment(bytes("n"), 1);
        store().putIfAbsent(bytes("a"), bytes("x"));
        store().deleteMany(List.of(bytes("b")));
        assertThat(StoreFixture.tracker(store()).leaks()).isEmpty();
    }

    @Test
    default void whatWasLeftOpenIsReportedWithItsStack() {
        KVStore store = store();
        Cursor left = store.iterate(new byte[0]);
        store.close();
        assertThat(fixture().events().await(EventType.LEAK, Duration.ofSeconds(30)))
                .as("an event LEAK for the cursor that was left open").hasValueSatisfying(event ->
                        assertThat(event.message() + event.details())
                                .as("the stack that opened it").contains("whatWasLeftOpenIsReportedWithItsStack"));
        failing(ClosedException.class, left::next);
        left.close();
    }

    @Test
    default void aStoreCanBeOpenedAndClosedManyTimes() {
        int threads = Thread.activeCount();
        for (int i = 0; i < 30; i++) {
            KVStore store = fixture().openElsewhere();
            put(store, "a", "" + i);
            assertThat(get(store, "a")).contains("" + i);
            store.close();
        }
        assertThat(Thread.activeCount()).as("threads after 30 stores were closed").isLessThan(threads + 10);
    }
}
