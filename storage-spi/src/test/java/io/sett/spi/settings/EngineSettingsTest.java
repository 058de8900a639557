// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sett.api.common.Durability;
import io.sett.api.error.ConfigurationException;
import io.sett.api.error.ErrorCode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EngineSettingsTest {

    private static final Setting<Long> FILE_SIZE =
            Setting.size("value_log_file_size", 1L << 30, 1L << 20, (1L << 31) - 1, "size of a value-log file");
    private static final Setting<Boolean> COMPACTION = Setting.flag("maintenance.auto_compaction", true, "compacts");
    private static final Setting<Double> GC = Setting.ratio("maintenance.gc_threshold", 0.7, 0, 1, "when to collect");
    private static final Setting<Duration> INTERVAL = Setting.duration("maintenance.gc_interval",
            Duration.ofMinutes(30), Duration.ofSeconds(1), Duration.ofDays(1), "period").live();
    private static final Setting<Durability> DURABILITY =
            Setting.choice("durability", Durability.class, Durability.SYNC, "what survives");
    private static final Setting<Long> CACHE = Setting.sizeInMebibytes("hard_max", 0, 0, 1L << 40, "limit");
    private static final Setting<String> PASSWORD = Setting.text("password", "", "key").hidden();
    private static final SettingsSchema SCHEMA = SettingsSchema.builder().add(FILE_SIZE).add(COMPACTION).add(GC)
            .add(INTERVAL).add(DURABILITY).add(CACHE).add(PASSWORD)
            .alias("auto_compaction", "maintenance.auto_compaction").build();

    private static Map<String, SettingValue> values(Object... pathsAndValues) {
        Map<String, SettingValue> map = new LinkedHashMap<>();
        for (int i = 0; i < pathsAndValues.length; i += 2) {
            map.put((String) pathsAndValues[i], new SettingValue(pathsAndValues[i + 1], "storage.conf: " + (i / 2 + 1)));
        }
        return map;
    }

    @Test
    void readsEveryTypeAndFallsBackToDefaults() {
        Problems problems = new Problems();
        EngineSettings settings = EngineSettings.read("storage.badger", SCHEMA,
                values("value_log_file_size", "64MB", "maintenance.gc_threshold", "0.5", "maintenance.gc_interval", "1h30m",
                        "durability", "process", "hard_max", 64), problems);
        assertThat(problems.lines()).isEmpty();
        assertThat(settings.get(FILE_SIZE)).isEqualTo(64L << 20);
        assertThat(settings.get(GC)).isEqualTo(0.5);
        assertThat(settings.get(INTERVAL)).isEqualTo(Duration.ofMinutes(90));
        assertThat(settings.get(DURABILITY)).isEqualTo(Durability.PROCESS);
        assertThat(settings.get(CACHE)).isEqualTo(64L << 20);
        assertThat(settings.get(COMPACTION)).isTrue();
        assertThat(settings.isSet(COMPACTION)).isFalse();
        assertThat(settings.origin(GC)).isEqualTo("storage.conf: 2");
        assertThat(settings.fullPath(GC)).isEqualTo("storage.badger.maintenance.gc_threshold");
    }

    @Test
    void reportsAllProblemsAtOnceWithOriginRangeDefaultAndSuggestion() {
        Problems problems = new Problems();
        EngineSettings.read("storage.badger", SCHEMA, values("value_log_file_size", 0, "maintenance.gc_threshold", 1,
                "maintenance.gc_intervall", "5m", "durability", "sometimes", "maintenance.auto_compaction", "perhaps"),
                problems);
        assertThat(problems.lines()).hasSize(5);
        assertThatThrownBy(() -> problems.throwIfAny("storage.conf")).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("5 problems")
                .hasMessageContaining("storage.badger.value_log_file_size = 0 (storage.conf: 1) must be from 1MB to")
                .hasMessageContaining("default 1073741824")
                .hasMessageContaining("storage.badger.maintenance.gc_threshold = 1 (storage.conf: 2) must be above 0.0")
                .hasMessageContaining("did you mean storage.badger.maintenance.gc_interval?")
                .hasMessageContaining("one of default, process, sync")
                .hasMessageContaining("true or false")
                .extracting(thrown -> ((ConfigurationException) thrown).code()).isEqualTo(ErrorCode.INVALID_CONFIG);
    }

    @Test
    void anAliasStandsForTheCanonicalPath() {
        Problems problems = new Problems();
        EngineSettings settings =
                EngineSettings.read("storage.badger", SCHEMA, values("auto_compaction", false), problems);
        assertThat(problems.isEmpty()).isTrue();
        assertThat(settings.get(COMPACTION)).isFalse();
    }

    @Test
    void anAliasThatContradictsIsAProblemAndOneThatAgreesIsNot() {
        Problems agree = new Problems();
        EngineSettings.read("s", SCHEMA, values("auto_compaction", false, "maintenance.auto_compaction", "false"), agree);
        assertThat(agree.lines()).isEmpty();
        Problems contradict = new Problems();
        EngineSettings.read("s", SCHEMA, values("auto_compaction", true, "maintenance.auto_compaction", false),
                contradict);
        assertThat(contradict.lines()).singleElement().asString().contains("contradicts", "storage.conf: 1",
                "storage.conf: 2");
    }

    @Test
    void secretsAreNeverShown() {
        Problems problems = new Problems();
        EngineSettings settings = EngineSettings.read("s", SCHEMA, values("password", "hunter2"), problems);
        assertThat(settings.effective().get("password").raw()).isEqualTo("(hidden)");
        assertThat(settings.get(PASSWORD)).isEqualTo("hunter2");
    }

    @Test
    void plainMapsMayBeNestedAndTheirProblemsAreThrown() {
        EngineSettings settings = EngineSettings.of("test", SCHEMA,
                Map.of("maintenance", Map.of("gc_threshold", 0.25), "hard_max", "1GB"));
        assertThat(settings.get(GC)).isEqualTo(0.25);
        assertThat(settings.get(CACHE)).isEqualTo(1L << 30);
        assertThatThrownBy(() -> EngineSettings.of("the test settings", SCHEMA, Map.of("nothing_like_it", 1)))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("the test settings has 1 problem");
    }

    @Test
    void askingForASettingOfAnotherSchemaIsABug() {
        EngineSettings settings = EngineSettings.defaults(SettingsSchema.of(GC));
        assertThat(settings.get(GC)).isEqualTo(0.7);
        assertThatThrownBy(() -> settings.get(CACHE)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSchemaRefusesDoublePathsAndAliasesOfNothing() {
        assertThatThrownBy(() -> SettingsSchema.of(GC, GC)).hasMessageContaining("twice");
        assertThatThrownBy(() -> SettingsSchema.builder().alias("a", "b").build()).hasMessageContaining("alias a");
    }
}
