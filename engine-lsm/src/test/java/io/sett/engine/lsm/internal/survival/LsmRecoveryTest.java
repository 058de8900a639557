// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sett.api.common.Durability;
import io.sett.api.common.Progress;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.error.OutOfSpaceException;
import io.sett.api.kv.KVStore;
import io.sett.api.kv.RecoveryReport;
import io.sett.engine.lsm.Lsm;
import io.sett.engine.lsm.LsmOptions;
import io.sett.testkit.fault.CrashImages;
import io.sett.testkit.fault.CrashModel;
import io.sett.testkit.fault.FaultFileSystem;
import io.sett.testkit.fault.Survival;
import io.sett.testkit.survival.CommitHistory;
import io.sett.testkit.survival.DiskStores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What opening tells: phases, progress, the report; and opening for reading on a full disk. */
class LsmRecoveryTest {

    private final FaultFileSystem disk = FaultFileSystem.create();
    private final DiskStores stores = new DiskStores(LsmHarness.separating());
    private final CommitHistory history = new CommitHistory(3, 2_000, Durability.SYNC, disk::changes);

    private FaultFileSystem crashed(int commits) {
        disk.directory(DiskStores.ROOT);
        try (KVStore store = stores.open(disk)) {
            for (int i = 0; i < commits; i++) {
                history.commit(store);
            }
            return CrashImages.of(disk, CrashModel.STRICT).at(disk.changes(), Survival.FORCED, 1);
        }
    }

    @Test
    void phasesComeInOrderAndProgressGoesForward() {
        FaultFileSystem image = crashed(100);
        List<Progress> heard = new ArrayList<>();
        Lsm.open(image.getPath(DiskStores.ROOT), LsmOptions.defaults(), heard::add).close();
        assertThat(heard).hasSizeGreaterThanOrEqualTo(10);
        assertThat(heard.stream().map(Progress::phase).distinct())
                .containsExactly("manifest", "tables", "logs", "cleaning", "writing");
        for (int i = 1; i < heard.size(); i++) {
            if (heard.get(i).phase().equals(heard.get(i - 1).phase())) {
                assertThat(heard.get(i).done()).isGreaterThanOrEqualTo(heard.get(i - 1).done());
            }
        }
        assertThat(heard.get(heard.size() - 1).fraction()).isEqualTo(1);
    }

    @Test
    void theReportTellsWhatWasReplayed() {
        FaultFileSystem image = crashed(10);
        try (KVStore store = stores.open(image)) {
            RecoveryReport report = store.unwrap(RecoveryReport.class);
            assertThat(report.created()).isFalse();
            assertThat(report.replayedCommits()).isEqualTo(10);
            assertThat(report.replayedOperations()).isGreaterThan(20);
            assertThat(report.cut()).isEmpty();
            assertThat(report.phases()).extracting(RecoveryReport.Phase::name)
                    .containsExactly("manifest", "tables", "logs", "cleaning", "writing");
        }
    }

    @Test
    void aListenerThatThrowsEndsTheOpeningAndNothingElse() {
        FaultFileSystem image = crashed(30);
        Path directory = image.getPath(DiskStores.ROOT);
        for (String phase : List.of("manifest", "tables", "logs", "cleaning", "writing")) {
            assertThatThrownBy(() -> Lsm.open(directory, LsmOptions.defaults(), progress -> {
                if (progress.phase().equals(phase) && progress.done() == progress.total()) {
                    throw new IllegalStateException("stop in " + phase);
                }
            })).hasMessage("stop in " + phase);
            assertThat(image.openFiles()).as("after an opening that ended in %s", phase).isEmpty();
        }
        try (KVStore store = stores.open(image)) {
            assertThat(history.present(store, "opened at last")).hasSize(30);
        }
    }

    @Test
    void aStoreOnAFullDiskOpensForReading() {
        FaultFileSystem image = crashed(60);
        image.limitSpace(image.usedSpace());
        try (KVStore store = stores.open(image.getPath(DiskStores.ROOT), Map.of("read_only", true))) {
            assertThat(history.present(store, "read only")).hasSize(60);
            assertThatThrownBy(() -> store.put(new byte[] {1}, new byte[] {1}))
                    .isInstanceOf(InvalidOperationException.class);
        }
        image.limitSpace(Long.MAX_VALUE);
        try (KVStore store = stores.open(image)) {
            assertThat(history.present(store, "with room again")).hasSize(60);
            store.put(new byte[] {1}, new byte[] {1});
            image.limitSpace(image.usedSpace());
            assertThatThrownBy(() -> {
                for (int i = 0; i < 1000; i++) {
                    store.put(new byte[] {2}, new byte[4000]);
                }
            }).isInstanceOf(OutOfSpaceException.class);
            assertThat(history.present(store, "full")).hasSize(60);
        }
    }
}
