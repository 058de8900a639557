// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.kv;

import static io.sett.testkit.Bytes.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.common.Capability;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.Isolation;
import io.sett.api.kv.KVStore;
import io.sett.api.kv.Transaction;
import io.sett.api.kv.TransactionOptions;
import io.sett.testkit.Theme;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * The anomalies of A. Adya, "Weak Consistency" (1999), as the interleavings of M. Kleppmann's Hermitage: each level
 * must prevent those that its name forbids. A transaction may lose at any step; what counts is what those that
 * committed have seen and left behind.
 */
@Theme("isolation")
public interface KVIsolationTheme extends KVTheme {

    private Attempt at(Isolation level) {
        return new Attempt(store().transaction(TransactionOptions.defaults().withIsolation(level)));
    }

    private void atEach(Isolation weakest, Consumer<Isolation> interleaving) {
        for (Isolation level : levels()) {
            if (level.compareTo(weakest) >= 0) {
                for (String left : List.of("3", "4", "x1", "x2", "x3")) {
                    store().delete(bytes(left));
                }
                fill("1", "10", "2", "20");
                interleaving.accept(level);
            }
        }
    }

    private String pair() {
        return get(store(), "1").orElse("-") + "," + get(store(), "2").orElse("-");
    }

    @Test
    default void g0WriteCycles() {
        atEach(Isolation.READ_COMMITTED, level -> {
            try (Attempt one = at(level); Attempt two = at(level)) {
                one.put("1", "11");
                two.put("1", "12");
                one.put("2", "21");
                one.commit();
                assertThat(pair()).as("%s: after the first commit", level).isEqualTo("11,21");
                two.put("2", "22");
                two.commit();
                assertThat(pair()).as("%s: G0, writes of two transactions are mixed", level)
                        .isEqualTo(two.committed() ? "12,22" : "11,21");
            }
        });
    }

    @Test
    default void g1aAbortedReads() {
        atEach(Isolation.READ_COMMITTED, level -> {
            try (Attempt one = at(level); Attempt two = at(level)) {
                one.put("1", "101");
                assertThat(two.get("1")).as("%s: dirty read", level).isEqualTo("10");
                one.rollback();
                assertThat(two.get("1")).as("%s: G1a, a write that was rolled back was read", level).isEqualTo("10");
                assertThat(two.commit()).isTrue();
            }
        });
    }

    @Test
    default void g1bIntermediateReads() {
        atEach(Isolation.READ_COMMITTED, level -> {
            try (Attempt one = at(level); Attempt two = at(level)) {
                one.put("1", "101");
                assertThat(two.get("1")).as("%s: dirty read", level).isEqualTo("10");
                one.put("1", "11");
                one.commit();
                assertThat(two.get("1")).as("%s: G1b, an intermediate value was read", level)
                        .isEqualTo(level == Isolation.READ_COMMITTED ? "11" : "10");
                two.commit();
            }
        });
    }

    @Test
    default void g1cCircularInformationFlow() {
        atEach(Isolation.READ_COMMITTED, level -> {
            try (Attempt one = at(level); Attempt two = at(level)) {
                one.put("1", "11");
                two.put("2", "22");
                assertThat(one.get("2")).as("%s: G1c, dirty read", level).isEqualTo("20");
                assertThat(two.get("1")).as("%s: G1c, dirty read", level).isEqualTo("10");
                one.commit();
                two.commit();
                assertThat(one.committed() || two.committed()).isTrue();
                if (level == Isolation.SERIALIZABLE) {
                    assertThat(one.committed() && two.committed())
                            .as("SERIALIZABLE: each read what the other overwrote, both committed").isFalse();
                }
            }
        });
    }

    @Test
    default void otvObservedTransactionVanishes() {
        atEach(Isolation.READ_COMMITTED, level -> {
            try (Attempt one = at(level); Attempt two = at(level); Attempt three = at(level)) {
                one.put("1", "11").put("2", "19");
                two.put("1", "12");
                one.commit();
                three.get("1");
                two.put("2", "18");
                three.get("2");
                two.commit();
                String second = three.get("2");
                String first = three.get("1");
                if (second.equals("18")) {
                    assertThat(first).as("%s: OTV, a transaction was seen in part", level).isEqualTo("12");
                }
                assertThat(pair()).isEqualTo(two.committed() ? "12,18" : "11,19");
            }
        });
    }

    @Test
    default void pmpPredicateManyPreceders() {
        atEach(Isolation.SNAPSHOT, level -> {
            try (Attempt one = at(level); Attempt two = at(level)) {
                assertThat(one.divisibleByThree()).isEmpty();
                two.put("3", "30");
                assertThat(two.commit()).isTrue();
                assertThat(one.divisibleByThree()).as("%s: PMP, a later commit showed up in a scan", level).isEmpty();
                assertThat(one.count("3")).as("%s: PMP by count", level).isZero();
            }
        });
    }

    @Test
    default void p4LostUpdate() {
        atEach(Isolation.SNAPSHOT, level -> {
            try (Attempt one = at(level); Attempt two = at(level)) {
                one.get("1");
                two.get("1");
                one.put("1", "11");
                two.put("1", "12");
                assertThat(one.commit()).isTrue();
                assertThat(two.commit()).as("%s: P4, an update was lost", level).isFalse();
                assertThat(pair()).isEqualTo("11,20");
            }
        });
    }

    @Test
    default void gSingleReadSkew() {
        atEach(Isolation.SNAPSHOT, level -> {
            try (Attempt one = at(level); Attempt two = at(level)) {
                assertThat(one.get("1")).isEqualTo("10");
                two.put("1", "12").put("2", "18");
                assertThat(two.commit()).isTrue();
                assertThat(one.get("2")).as("%s: G-single, two moments were seen", level).isEqualTo("20");
            }
        });
    }

    @Test
    default void gSingleReadSkewByPredicate() {
        atEach(Isolation.SNAPSHOT, level -> {
            try (Attempt one = at(level); Attempt two = at(level)) {
                assertThat(one.divisibleByThree()).isEmpty();
                two.put("1", "12");
                assertThat(two.commit()).isTrue();
                assertThat(one.divisibleByThree()).as("%s: G-single by predicate", level).isEmpty();
            }
        });
    }

    @Test
    default void gSingleReadSkewWithAWrite() {
        atEach(Isolation.SNAPSHOT, level -> {
            try (Attempt one = at(level); Attempt two = at(level)) {
                assertThat(one.get("1")).isEqualTo("10");
                two.put("1", "12").put("2", "18");
                assertThat(two.commit()).isTrue();
                one.delete("2");
                assertThat(one.commit()).as("%s: G-single, a write over a later commit", level).isFalse();
                assertThat(pair()).isEqualTo("12,18");
            }
        });
    }

    @Test
    default void g2ItemWriteSkew() {
        atEach(Isolation.SERIALIZABLE, level -> {
            try (Attempt one = at(level); Attempt two = at(level)) {
                one.get("1");
                one.get("2");
                two.get("1");
                two.get("2");
                one.put("1", "11");
                two.put("2", "21");
                one.commit();
                two.commit();
                assertThat(List.of(one.committed(), two.committed()))
                        .as("%s: G2-item, write skew: exactly one may commit", level).containsOnlyOnce(true);
            }
        });
    }

    @Test
    default void g2AntiDependencyCycles() {
        atEach(Isolation.SERIALIZABLE, level -> {
            try (Attempt one = at(level); Attempt two = at(level)) {
                assertThat(one.divisibleByThree()).isEmpty();
                assertThat(two.divisibleByThree()).isEmpty();
                one.put("3", "30");
                two.put("4", "42");
                one.commit();
                two.commit();
                assertThat(List.of(one.committed(), two.committed()))
                        .as("%s: G2, each inserted what the other's scan would have found", level)
                        .containsOnlyOnce(true);
            }
        });
    }

    @Test
    default void g2WithAReadOnlyTransactionBetween() {
        atEach(Isolation.SERIALIZABLE, level -> {
            try (Attempt one = at(level); Attempt two = at(level)) {
                one.get("1");
                one.get("2");
                two.get("2");
                two.put("2", "25");
                assertThat(two.commit()).isTrue();
                try (Attempt reader = at(level)) {
                    assertThat(reader.get("1")).isEqualTo("10");
                    assertThat(reader.get("2")).isEqualTo("25");
                    assertThat(reader.commit()).isTrue();
                }
                one.put("1", "0");
                assertThat(one.commit()).as("%s: G2, a reader saw the second and not the first", level).isFalse();
            }
        });
    }

    @Test
    default void phantomsInsertedIntoARangeThatWasCounted() {
        atEach(Isolation.SERIALIZABLE, level -> {
            try (Attempt one = at(level); Attempt two = at(level)) {
                assertThat(one.count("x")).isZero();
                two.put("x2", "1");
                assertThat(two.commit()).isTrue();
                one.put("1", "0");
                assertThat(one.commit()).as("%s: a phantom was inserted", level).isFalse();
            }
        });
    }

    @Test
    default void phantomsDeletedFromARangeThatWasCounted() {
        atEach(Isolation.SERIALIZABLE, level -> {
            fill("x1", "1", "x2", "2");
            try (Attempt one = at(level); Attempt two = at(level)) {
                assertThat(one.count("x")).isEqualTo(2);
                two.delete("x2");
                assertThat(two.commit()).isTrue();
                one.put("1", "0");
                assertThat(one.commit()).as("%s: a phantom was deleted", level).isFalse();
            }
        });
    }

    @Test
    default void aKeyThatWasAbsentCountsAsRead() {
        atEach(Isolation.SERIALIZABLE, level -> {
            try (Attempt one = at(level); Attempt two = at(level)) {
                assertThat(one.get("x3")).isEqualTo("-");
                two.put("x3", "1");
                assertThat(two.commit()).isTrue();
                one.put("1", "0");
                assertThat(one.commit()).as("%s: an absent key appeared", level).isFalse();
            }
        });
    }

    @Test
    default void whatACursorPassedCountsAsRead() {
        if (!offers(Capability.SERIALIZABLE)) {
            refuses(Capability.SERIALIZABLE, () -> store().transaction(false).close());
            return;
        }
        fillKeys("x1", "x3");
        try (Transaction one = store().transaction(false)) {
            try (Cursor cursor = one.iterate(bytes("x"))) {
                assertThat(cursor.seek(bytes("x2"))).isTrue();
                assertThat(cursor.key()).isEqualTo(bytes("x3"));
            }
            fillKeys("x2");
            put(one, "other", "1");
            try (Attempt attempt = new Attempt(one)) {
                assertThat(attempt.commit()).as("a key appeared between the target and the answer of a seek").isFalse();
            }
        }
    }

    @Test
    default void blindWritesDoNotConflictWhereNobodyRead() {
        KVStore store = store();
        for (Isolation level : levels()) {
            try (Attempt one = at(level)) {
                fill("elsewhere", "1");
                one.put("mine", level.name());
                assertThat(one.commit()).as("%s: no common key, no conflict", level).isTrue();
            }
            assertThat(get(store, "mine")).contains(level.name());
        }
    }

    @Test
    default void readCommittedSeesEachCommitAtOnce() {
        fill("1", "10");
        try (Attempt one = at(Isolation.READ_COMMITTED)) {
            assertThat(one.get("1")).isEqualTo("10");
            fill("1", "11");
            assertThat(one.get("1")).as("READ_COMMITTED reads what is committed at that moment").isEqualTo("11");
            fill("x1", "3");
            assertThat(one.count("x")).isOne();
        }
    }
}
