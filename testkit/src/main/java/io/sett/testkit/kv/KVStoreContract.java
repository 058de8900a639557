// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.kv;

import io.sett.api.kv.KVStore;
import io.sett.testkit.StoreContract;

/**
 * What every key-value store must do. Extend it and name the engine:
 *
 * <pre>{@code
 * class MyKVStoreTest extends KVStoreContract {
 *     protected EngineProvider engine() {
 *         return new MyEngineProvider();
 *     }
 * }
 * }</pre>
 *
 * <p>A capability that the engine declares is tested; one that it lacks must be refused with an
 * {@link io.sett.api.error.UnsupportedFeatureException}, which is tested as well. Nothing is skipped.
 */
public abstract class KVStoreContract extends StoreContract<KVStore> implements KVBasicTheme, KVBatchTheme,
        KVTransactionTheme, KVIsolationTheme, KVPessimisticTheme, KVCursorTheme, KVSnapshotTheme, KVExpiryTheme,
        KVAtomicsTheme, KVRangeDeleteTheme, KVKeyspaceTheme, KVBulkLoadTheme, KVLimitsTheme, KVErrorTheme,
        KVConcurrencyTheme, KVDurabilityTheme, KVOperationsTheme, KVModelTheme, KVHistoryTheme, KVCloseTheme {

    /** For engines. */
    protected KVStoreContract() {
        super(KVStore.class);
    }
}
