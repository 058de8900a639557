// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.kv;

import static io.sett.testkit.Bytes.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.common.Capability;
import io.sett.api.common.Health;
import io.sett.api.common.KeyRange;
import io.sett.api.common.Metrics;
import io.sett.api.common.Progress;
import io.sett.api.error.ConfigurationException;
import io.sett.api.error.UnsupportedFeatureException;
import io.sett.api.kv.BackupInfo;
import io.sett.api.kv.BackupOptions;
import io.sett.api.common.ProgressListener;
import io.sett.api.kv.Backups;
import io.sett.api.kv.KVStore;
import io.sett.api.kv.Maintenance;
import io.sett.api.kv.VerifyLevel;
import io.sett.api.kv.VerifyReport;
import io.sett.spi.EngineProvider;
import io.sett.spi.SpiVersion;
import io.sett.testkit.Theme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What operators use: settings, metrics, health, maintenance, backups. */
@Theme("operations")
public interface KVOperationsTheme extends KVTheme {

    @Test
    default void theEngineDescribesItself() {
        EngineProvider provider = fixture().harness().provider();
        assertThat(provider.id()).matches("[a-z][a-z0-9-]*");
        assertThat(provider.aliases()).allMatch(alias -> alias.matches("[a-z][a-z0-9-]*"));
        assertThat(provider.kinds()).contains(fixture().kind());
        assertThat(provider.artifact()).contains(":");
        assertThat(SpiVersion.CURRENT.accepts(provider.spiVersion())).isTrue();
        assertThat(provider.schema(fixture().kind()).settings()).allSatisfy(setting -> {
            assertThat(setting.description()).as("description of %s", setting.path()).isNotBlank();
            assertThat(setting.path()).matches("[a-z0-9_.]+");
        });
    }

    @Test
    default void whatTheEngineDeclaresIsWhatItsStoresOffer() {
        assertThat(store().capabilities())
                .isEqualTo(fixture().harness().provider().capabilities(fixture().kind()));
        assertThat(store().capabilities()).isUnmodifiable();
    }

    @Test
    default void anUnknownSettingIsRefused() {
        ConfigurationException error = failing(ConfigurationException.class,
                () -> fixture().with("no_such_setting_anywhere", 1).store());
        assertThat(error.getMessage()).contains("no_such_setting_anywhere");
    }

    @Test
    default void metricsMoveWithUse() {
        Metrics before = store().metrics();
        for (int i = 0; i < 50; i++) {
            fill("k" + i, "v");
            get(store(), "k" + i);
        }
        Metrics after = store().metrics();
        assertThat(after.counters()).as("some counter moved").isNotEqualTo(before.counters());
        before.counters().forEach((name, value) -> assertThat(after.counter(name))
                .as("counter %s must not fall", name).isGreaterThanOrEqualTo(value));
        assertThat(after.counters().keySet()).allMatch(name -> name.matches("[a-z0-9_]+"));
        assertThat(after.gauges().keySet()).allMatch(name -> name.matches("[a-z0-9_]+"));
    }

    @Test
    default void eachStoreHasItsOwnNumbers() {
        Metrics before = fixture().openElsewhere().metrics();
        KVStore other = fixture().openElsewhere();
        Metrics untouched = other.metrics();
        for (int i = 0; i < 50; i++) {
            fill("k" + i, "v");
        }
        assertThat(new HashSet<>(other.metrics().counters().values()))
                .isEqualTo(new HashSet<>(untouched.counters().values()));
        assertThat(before.counters().keySet()).isEqualTo(untouched.counters().keySet());
        assertThat(content(other)).isEmpty();
    }

    @Test
    default void anOpenStoreIsHealthy() {
        fill("a", "1");
        Health health = store().health();
        assertThat(health.status()).as("%s", health).isEqualTo(Health.Status.UP);
        assertThat(health.checks()).isNotEmpty().allSatisfy(check -> assertThat(check.message()).isNotBlank());
    }

    @Test
    default void maintenanceIsOfferedOrRefused() {
        for (int i = 0; i < 500; i++) {
            fill("k" + i % 100, "v" + i);
        }
        store().delete(bytes("k5"));
        List<String> before = content(store());
        Maintenance maintenance = store().maintenance();
        assertThat(store().maintenance()).as("the same object at each call").isSameAs(maintenance);
        assertThat(maintenance.describe()).isNotBlank();
        List<Progress> progress = new ArrayList<>();
        if (offers(Capability.PERSISTENT)) {
            maintenance.flush();
        }
        if (offers(Capability.COMPACTION)) {
            assertThat(maintenance.compact(KeyRange.all(), progress::add)).isNotNull();
            assertThat(maintenance.compact()).isNotNull();
            assertThat(maintenance.flatten(progress::add)).isNotNull();
        } else {
            refuses(Capability.COMPACTION, maintenance::compact);
        }
        if (offers(Capability.GARBAGE_COLLECTION)) {
            assertThat(maintenance.garbageCollect(progress::add).notes()).isNotNull();
        } else {
            refuses(Capability.GARBAGE_COLLECTION, maintenance::garbageCollect);
        }
        assertThat(content(store())).as("maintenance changes no content").isEqualTo(before);
        assertThat(progress).allSatisfy(step -> assertThat(step.fraction()).isBetween(0.0, 1.0));
        if (offers(Capability.PERSISTENT)) {
            fixture().reopen();
            assertThat(content(store())).isEqualTo(before);
        }
    }

    @Test
    default void aSoundStoreIsVerifiedAsSound() {
        for (int i = 0; i < 200; i++) {
            fill("k" + i, "v" + i);
        }
        for (VerifyLevel level : VerifyLevel.values()) {
            if (offers(Capability.VERIFY)) {
                VerifyReport report = store().maintenance().verify(level);
                assertThat(report.problems()).isEmpty();
                assertThat(report.level()).isEqualTo(level);
            } else {
                refuses(Capability.VERIFY, () -> store().maintenance().verify(level));
            }
        }
    }

    @Test
    default void backupsAreOfferedOrRefused() {
        fill("a", "1", "b", "2");
        Backups backups = store().backups();
        assertThat(store().backups()).isSameAs(backups);
        Path directory = fixture().newDirectory();
        if (!offers(Capability.BACKUP)) {
            refuses(Capability.BACKUP, () -> backups.backup(directory), backups::list,
                    () -> backups.restore(directory, ProgressListener.NONE),
                    () -> backups.verify(directory, ProgressListener.NONE), () -> backups.status("x"));
            return;
        }
        BackupInfo info = backups.backup(directory);
        assertThat(info.keys()).isEqualTo(2);
        assertThat(backups.list()).extracting(BackupInfo::id).contains(info.id());
        assertThat(backups.status(info.id())).isPresent();
        assertThat(backups.verify(info.path(), ProgressListener.NONE).isHealthy()).isTrue();
        fill("a", "changed", "c", "3");
        backups.restore(info.path(), ProgressListener.NONE);
        assertThat(content(store())).containsExactly("a=1", "b=2");
        if (!offers(Capability.INCREMENTAL_BACKUP)) {
            UnsupportedFeatureException error = failing(UnsupportedFeatureException.class,
                    () -> backups.backup(directory, BackupOptions.incremental(info.id()), ProgressListener.NONE));
            assertThat(error.getMessage()).contains(Capability.INCREMENTAL_BACKUP.name());
            noteRefused(Capability.INCREMENTAL_BACKUP);
        }
    }
}
