// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.common.Capability;
import io.sett.api.kv.Isolation;
import io.sett.testkit.Stress;
import io.sett.testkit.Theme;
import io.sett.testkit.history.Anomaly;
import io.sett.testkit.history.AppendTransaction;
import io.sett.testkit.history.ListAppendHistory;
import io.sett.testkit.history.ListAppendWorkload;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Histories of many threads, searched for cycles. */
@Theme("history checker")
public interface KVHistoryTheme extends KVTheme {

    private void check(Isolation level, Set<Anomaly.Kind> allowed) {
        long seed = Stress.seed();
        ListAppendHistory history =
                ListAppendWorkload.run(store(), level, 8, Stress.times(250, 250_000), seed);
        List<Anomaly> anomalies =
                history.anomalies().stream().filter(anomaly -> !allowed.contains(anomaly.kind())).toList();
        assertThat(anomalies).as("anomalies at %s, seed %d (-Dsett.seed=%d)", level, seed, seed).isEmpty();
        assertThat(history.transactions().stream()
                .filter(transaction -> transaction.outcome() == AppendTransaction.Outcome.COMMITTED).count())
                .as("committed transactions").isGreaterThan(history.transactions().size() / 20);
    }

    @Test
    @Timeout(3600)
    default void historiesAreSerializable() {
        if (!offers(Capability.SERIALIZABLE)) {
            refuses(Capability.SERIALIZABLE, () -> store().transaction(false).close());
            return;
        }
        check(Isolation.SERIALIZABLE, EnumSet.noneOf(Anomaly.Kind.class));
    }

    @Test
    @Timeout(3600)
    default void atSnapshotLevelThereIsWriteSkewAtMost() {
        check(Isolation.SNAPSHOT, EnumSet.of(Anomaly.Kind.G2));
    }

    @Test
    @Timeout(3600)
    default void atReadCommittedNothingUncommittedIsSeen() {
        check(Isolation.READ_COMMITTED, EnumSet.of(Anomaly.Kind.G2, Anomaly.Kind.G_SINGLE));
    }
}
