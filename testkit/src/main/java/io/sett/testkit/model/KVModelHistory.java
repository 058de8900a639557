// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.model;

import io.sett.api.kv.KVStore;
import io.sett.testkit.EngineHarness;
import io.sett.testkit.StoreFixture;
import io.sett.testkit.Stress;
import java.util.List;
import java.util.Optional;

/**
 * Random histories of a key-value store: puts, deletes, batches, times to live, transactions at every level, snapshots,
 * cursors in both directions, reopening, maintenance. What the engine does not offer is left out.
 */
public final class KVModelHistory {

    private KVModelHistory() {
    }

    /**
     * Runs histories of random seeds; with {@code -Dsett.seed} only that one.
     *
     * @throws AssertionError with the seed and the reduced history when a store differs from the model
     */
    public static void check(EngineHarness harness, int histories, int operations) {
        for (int i = 0; i < (Stress.isReplay() ? 1 : histories); i++) {
            check(harness, Stress.seed(), operations);
        }
    }

    /** Runs the history of one seed. */
    public static void check(EngineHarness harness, long seed, int operations) {
        RandomHistory.check("engine '" + harness.provider().id() + "'", seed, KVOperation.history(seed, operations),
                history -> run(harness, history));
    }

    private static Optional<Throwable> run(EngineHarness harness, List<KVOperation> history) {
        StoreFixture<KVStore> fixture = new StoreFixture<>(KVStore.class, harness);
        try (fixture) {
            KVModelRun run = new KVModelRun(fixture);
            boolean complete = false;
            try {
                run.run(history);
                complete = true;
            } finally {
                if (!complete) {
                    run.closeAll();
                }
            }
            return Optional.empty();
        } catch (RuntimeException | AssertionError failed) {
            return Optional.of(failed);
        }
    }
}
