// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.kv.Isolation;
import io.sett.api.kv.KVStore;
import io.sett.testkit.EngineHarness;
import io.sett.testkit.StoreFixture;
import io.sett.testkit.history.AppendTransaction.Append;
import io.sett.testkit.history.AppendTransaction.Outcome;
import io.sett.testkit.history.AppendTransaction.Read;
import io.sett.testkit.history.AppendTransaction.Step;
import io.sett.testkit.reference.Fault;
import io.sett.testkit.reference.ReferenceEngine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The checker convicts each anomaly in a history made by hand, and in histories of broken engines. */
class ListAppendHistoryTest {

    private final List<AppendTransaction> transactions = new ArrayList<>();

    private static Step append(String key, long value) {
        return new Append(key, value);
    }

    private static Step read(String key, Long... values) {
        return new Read(key, Arrays.asList(values));
    }

    private void committed(Step... steps) {
        transactions.add(new AppendTransaction(transactions.size() + 1, List.of(steps), Outcome.COMMITTED));
    }

    private void aborted(Step... steps) {
        transactions.add(new AppendTransaction(transactions.size() + 1, List.of(steps), Outcome.ABORTED));
    }

    private Set<Anomaly.Kind> kinds(Map<String, List<Long>> finalState) {
        Set<Anomaly.Kind> kinds = new HashSet<>();
        new ListAppendHistory(transactions, finalState).anomalies().forEach(anomaly -> kinds.add(anomaly.kind()));
        return kinds;
    }

    @Test
    void aSerialHistoryIsClean() {
        committed(append("x", 1), append("y", 1));
        committed(read("x", 1L), append("x", 2), append("x", 3), read("x", 1L, 2L, 3L));
        aborted(append("x", 4));
        committed(read("x", 1L, 2L, 3L), read("y", 1L));
        assertThat(kinds(Map.of("x", List.of(1L, 2L, 3L), "y", List.of(1L)))).isEmpty();
    }

    @Test
    void dirtyWritesAreG0() {
        committed(append("x", 1), append("y", 1));
        committed(append("x", 2), append("y", 2));
        assertThat(kinds(Map.of("x", List.of(1L, 2L), "y", List.of(2L, 1L)))).containsExactly(Anomaly.Kind.G0);
    }

    @Test
    void readsOfWhatWasRolledBackAreG1a() {
        aborted(append("x", 1));
        committed(read("x", 1L));
        assertThat(kinds(Map.of())).containsExactly(Anomaly.Kind.G1A);
    }

    @Test
    void readsOfAPartAreG1b() {
        committed(append("x", 1), append("x", 2));
        committed(read("x", 1L));
        assertThat(kinds(Map.of("x", List.of(1L, 2L)))).contains(Anomaly.Kind.G1B);
    }

    @Test
    void circularInformationFlowIsG1c() {
        committed(append("x", 1), read("y", 1L));
        committed(append("y", 1), read("x", 1L));
        assertThat(kinds(Map.of("x", List.of(1L), "y", List.of(1L)))).containsExactly(Anomaly.Kind.G1C);
    }

    @Test
    void readSkewIsGSingle() {
        committed(read("x"), read("y", 1L));
        committed(append("x", 1), append("y", 1));
        assertThat(kinds(Map.of("x", List.of(1L), "y", List.of(1L)))).containsExactly(Anomaly.Kind.G_SINGLE);
    }

    @Test
    void writeSkewIsG2() {
        committed(read("x"), append("y", 1));
        committed(read("y"), append("x", 1));
        assertThat(kinds(Map.of("x", List.of(1L), "y", List.of(1L)))).containsExactly(Anomaly.Kind.G2);
    }

    @Test
    void lostUpdatesAreFound() {
        committed(read("x"), append("x", 1));
        committed(read("x"), append("x", 2));
        assertThat(kinds(Map.of("x", List.of(2L)))).contains(Anomaly.Kind.LOST_UPDATE);
    }

    @Test
    void listsThatContradictEachOtherAreFound() {
        committed(append("x", 1));
        committed(append("x", 2));
        committed(read("x", 1L, 2L));
        committed(read("x", 2L));
        assertThat(kinds(Map.of("x", List.of(1L, 2L)))).contains(Anomaly.Kind.INCOMPATIBLE_ORDER);
    }

    @Test
    void numbersFromNowhereAndTwiceAreFound() {
        committed(append("x", 1), read("x", 7L, 1L));
        assertThat(kinds(Map.of("x", List.of(7L, 1L, 1L)))).contains(Anomaly.Kind.CORRUPT_LIST);
    }

    @Test
    void whoDoesNotSeeHisOwnWritesIsFound() {
        committed(append("x", 1), read("x"));
        assertThat(kinds(Map.of("x", List.of(1L)))).contains(Anomaly.Kind.INTERNAL);
    }

    @Test
    void aCycleIsExplained() {
        committed(read("x"), append("y", 1));
        committed(read("y"), append("x", 1));
        String text = new ListAppendHistory(transactions, Map.of("x", List.of(1L), "y", List.of(1L))).anomalies()
                .get(0).toString();
        assertThat(text).startsWith("G2: T1").contains("-RW-> T2").contains("-RW-> T1").contains("did not see 1");
    }

    private static Set<Anomaly.Kind> kindsOf(Fault fault, Isolation level) {
        Set<Anomaly.Kind> kinds = new HashSet<>();
        for (long seed = 1; seed <= 10 && kinds.isEmpty(); seed++) {
            EngineHarness harness = EngineHarness.of(new ReferenceEngine(fault, false));
            try (StoreFixture<KVStore> fixture = new StoreFixture<>(KVStore.class, harness)) {
                ListAppendWorkload.run(fixture.store(), level, 8, 300, seed).anomalies()
                        .forEach(anomaly -> kinds.add(anomaly.kind()));
            }
        }
        return kinds;
    }

    @ParameterizedTest
    @EnumSource(Isolation.class)
    void theRightEngineIsAcquitted(Isolation level) {
        Set<Anomaly.Kind> kinds = kindsOf(Fault.NONE, level);
        if (level == Isolation.READ_COMMITTED) {
            kinds.remove(Anomaly.Kind.G_SINGLE);
        }
        if (level != Isolation.SERIALIZABLE) {
            kinds.remove(Anomaly.Kind.G2);
        }
        assertThat(kinds).isEmpty();
    }

    @Test
    void writeSkewIsConvicted() {
        assertThat(kindsOf(Fault.WRITE_SKEW, Isolation.SERIALIZABLE)).containsExactly(Anomaly.Kind.G2);
    }

    @Test
    void lostUpdatesAreConvicted() {
        assertThat(kindsOf(Fault.LOST_UPDATE, Isolation.SERIALIZABLE)).contains(Anomaly.Kind.LOST_UPDATE);
    }

    @Test
    void dirtyReadsAreConvicted() {
        assertThat(kindsOf(Fault.DIRTY_READ, Isolation.SERIALIZABLE)).contains(Anomaly.Kind.G1A);
    }
}
