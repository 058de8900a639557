// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.txn;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.common.Durability;
import io.sett.api.common.Limits;
import io.sett.api.kv.Isolation;
import io.sett.spi.Deadline;
import io.sett.spi.kv.CommitRequest;
import io.sett.spi.kv.KVArguments;
import io.sett.spi.kv.ReadSet;
import io.sett.spi.kv.WriteSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Versions, readers, and what is remembered of commits. */
class OracleTest {

    private static final KVArguments ARGUMENTS = new KVArguments("test", "badger", Limits.NONE, Set.of());

    private final Oracle oracle = new Oracle(10, 1000, true);

    private static WriteSet writes(String... keys) {
        WriteSet writes = new WriteSet(ARGUMENTS);
        for (String key : keys) {
            writes.put(key.getBytes(), new byte[0], 0, (byte) 0);
        }
        return writes;
    }

    private void commit(String... keys) {
        long version = oracle.visible() + 1;
        oracle.remember(CommitRequest.blind(writes(keys), Durability.DEFAULT, Deadline.none()), version);
        oracle.publish(version);
    }

    private boolean loses(long readVersion, String read) {
        ReadSet reads = new ReadSet();
        reads.addKey(read.getBytes(), readVersion);
        return oracle.check(new CommitRequest(1, writes("other"), reads, readVersion,
                Isolation.SERIALIZABLE, Durability.DEFAULT, Deadline.none(), "")).isPresent();
    }

    @Test
    void theOldestReaderHoldsTheMark() {
        assertThat(oracle.oldestReader()).isEqualTo(10);
        long first = oracle.beginReading();
        commit("a");
        long second = oracle.beginReading();
        commit("b");
        assertThat(oracle.oldestReader()).isEqualTo(10);
        oracle.endReading(first);
        assertThat(oracle.oldestReader()).isEqualTo(11);
        oracle.endReading(second);
        assertThat(oracle.oldestReader()).isEqualTo(12);
        assertThat(oracle.readerCount()).isZero();
    }

    @Test
    void nothingIsRememberedWithoutTransactions() {
        for (int i = 0; i < 100; i++) {
            commit("key" + i);
        }
        assertThat(oracle.rememberedKeys()).isZero();
        long reader = oracle.beginReading();
        commit("x");
        assertThat(oracle.rememberedKeys()).isZero();
        oracle.endReading(reader);
    }

    @Test
    void aTransactionLosesOnlyAgainstLaterWritersOfWhatItRead() {
        commit("a");
        long begun = oracle.beginWriting();
        assertThat(loses(begun, "a")).isFalse();
        commit("b");
        assertThat(loses(begun, "a")).isFalse();
        assertThat(loses(begun, "b")).isTrue();
        oracle.endWriting(begun);
        assertThat(loses(oracle.visible(), "b")).isFalse();
    }

    @Test
    void aTransactionThatBeginsBeforeACommitIsVisibleDoesNotMissIt() {
        long warm = oracle.beginWriting();
        oracle.endWriting(warm);
        oracle.remember(CommitRequest.blind(writes("a"), Durability.DEFAULT, Deadline.none()), 11);
        long begun = oracle.beginWriting();
        assertThat(begun).isEqualTo(10);
        oracle.publish(11);
        assertThat(loses(begun, "a")).isTrue();
        assertThat(loses(begun, "z")).isFalse();
        oracle.endWriting(begun);
    }

    @Test
    void memoryIsBoundedAndWhoIsTooOldLoses() {
        long begun = oracle.beginWriting();
        for (int i = 0; i < 5000; i++) {
            commit("key" + i);
        }
        assertThat(oracle.rememberedKeys()).isLessThanOrEqualTo(1000);
        assertThat(loses(begun, "never written")).isTrue();
        oracle.endWriting(begun);
    }
}
