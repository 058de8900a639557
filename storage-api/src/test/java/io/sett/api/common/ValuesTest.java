// SPDX-License-Identifier: Apache-2.0
package io.sett.api.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ValuesTest {

    @Test
    void healthIsTheWorstOfItsChecks() {
        Health health = Health.of(List.of(new Health.Check("a", Health.Status.UP, ""),
                new Health.Check("b", Health.Status.READ_ONLY, "flush failed"),
                new Health.Check("c", Health.Status.DEGRADED, "")));
        assertThat(health.status()).isEqualTo(Health.Status.READ_ONLY);
        assertThat(Health.of(List.of()).status()).isEqualTo(Health.Status.UP);
        assertThat(Health.down("closed").status()).isEqualTo(Health.Status.DOWN);
    }

    @Test
    void backoffDoublesUpToItsLimit() {
        RetryPolicy policy = new RetryPolicy(5, Duration.ofNanos(100), Duration.ofNanos(350), Duration.ofSeconds(1));
        assertThat(List.of(policy.backoffNanos(2), policy.backoffNanos(3), policy.backoffNanos(4),
                policy.backoffNanos(100))).containsExactly(100L, 200L, 350L, 350L);
        assertThatThrownBy(() -> policy.withMaxAttempts(0)).hasMessageContaining("maxAttempts");
    }

    @Test
    void metricsAreSortedCopiesAndAnswerZeroForUnknownNames() {
        Metrics metrics = new Metrics(Map.of("b", 2L, "a", 1L), Map.of(), Map.of());
        assertThat(metrics.counters().keySet()).containsExactly("a", "b");
        assertThat(metrics.counter("a")).isEqualTo(1);
        assertThat(metrics.counter("absent")).isZero();
        assertThat(metrics.gauge("absent")).isZero();
    }

    @Test
    void progressIsAFractionWhereTheTotalIsKnown() {
        assertThat(new Progress("verify", 1, 4, "tables").fraction()).isEqualTo(0.25);
        assertThat(new Progress("verify", 1, -1, "tables").fraction()).isZero();
        assertThat(new Progress("verify", 0, 0, "tables").fraction()).isEqualTo(1);
    }

    @Test
    void kindsAreFoundByKeyAndByName() {
        assertThat(StoreKind.find("kv_store")).contains(StoreKind.KEY_VALUE);
        assertThat(StoreKind.find("Cache")).contains(StoreKind.CACHE);
        assertThat(StoreKind.find("tape")).isEmpty();
    }

    @Test
    void limitsMustBePositive() {
        assertThatThrownBy(() -> new Limits(0, 1, 1, 1, null)).hasMessageContaining("key 0");
        assertThat(Limits.NONE.maxSnapshotAge()).isEmpty();
    }
}
