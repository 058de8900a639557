// SPDX-License-Identifier: Apache-2.0
package io.sett.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sett.api.error.ConfigurationException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoreSettingsTest {

    @Test
    void dottedNamesAndNestedMapsAreTheSame() {
        StoreSettings dotted = StoreSettings.empty().with("backup.enabled", false).with("backup.dir.name", "b");
        StoreSettings nested = StoreSettings.of(Map.of("backup", Map.of("enabled", false, "dir", Map.of("name", "b"))));

        assertThat(dotted).isEqualTo(nested).hasSameHashCodeAs(nested);
        assertThat(dotted.get("backup.dir.name")).contains("b");
        assertThat(dotted.get("backup")).contains(Map.of("enabled", false, "dir", Map.of("name", "b")));
        assertThat(dotted.get("backup.enabled.more")).isEmpty();
        assertThat(dotted.get("nothing")).isEmpty();
    }

    @Test
    void aChangeLeavesTheOriginalAlone() {
        StoreSettings before = StoreSettings.empty().with("backup.enabled", true);
        StoreSettings after = before.with("backup.enabled", false).with(StoreSettings.of(Map.of("path", "p")));

        assertThat(before.get("backup.enabled")).contains(true);
        assertThat(after.asMap()).isEqualTo(Map.of("backup", Map.of("enabled", false), "path", "p"));
        assertThat(StoreSettings.empty().isEmpty()).isTrue();
        assertThatThrownBy(() -> before.asMap().put("x", 1)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void leavesKeepTheirTypeAndPathsBecomeText() {
        StoreSettings settings = StoreSettings.empty()
                .with("ttl", Duration.ofMinutes(5)).with("path", Path.of("a")).with("n", 7L)
                .with("list", List.of("x", 1));

        assertThat(settings.asMap())
                .isEqualTo(Map.of("ttl", Duration.ofMinutes(5), "path", "a", "n", 7L, "list", List.of("x", 1)));
    }

    @Test
    void refusesWhatIsNoSetting() {
        Map<String, Object> withNull = new HashMap<>();
        withNull.put("a", null);

        assertThatThrownBy(() -> StoreSettings.of(withNull)).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("'a' is null");
        assertThatThrownBy(() -> StoreSettings.empty().with("a.b", new Object()))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("'a.b'");
        assertThatThrownBy(() -> StoreSettings.empty().with("a..b", 1)).isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> StoreSettings.empty().with("a", 1).with("a.b", 2))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("setting and as a section");
        assertThatThrownBy(() -> StoreSettings.empty().with("a.b", 1).with("a", 2))
                .isInstanceOf(ConfigurationException.class);
    }

    @Test
    void neverPrintsValues() {
        assertThat(StoreSettings.empty().with("encryption.key", "secret").toString())
                .isEqualTo("StoreSettings[encryption]");
    }
}
