// SPDX-License-Identifier: Apache-2.0
package io.sett.provider.internal.binding;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.spi.settings.Setting;
import org.junit.jupiter.api.Test;

class StoreLocationsTest {

    @Test
    void theNameGoesBeforeTheEnding() {
        assertThat(StoreLocations.named("./data/badger", "chain")).isEqualTo("./data/badger-chain");
        assertThat(StoreLocations.named("./data/badger/", "chain")).isEqualTo("./data/badger-chain");
        assertThat(StoreLocations.named("./data/sqlite/storage.db", "x")).isEqualTo("./data/sqlite/storage-x.db");
        assertThat(StoreLocations.named("/var/v1.2/files", "x")).isEqualTo("/var/v1.2/files-x");
        assertThat(StoreLocations.named(".hidden", "x")).isEqualTo(".hidden-x");
        assertThat(StoreLocations.named(".", "x")).isEqualTo("./x");
        assertThat(StoreLocations.named("..", "x")).isEqualTo("../x");
        assertThat(StoreLocations.named("/", "x")).isEqualTo("/-x");
    }

    @Test
    void locationsAreToldByTheirNames() {
        for (String path : new String[] {"path", "value_dir", "backup.backup_dir", "root_path", "db_path", "a.root"}) {
            assertThat(StoreLocations.isLocation(Setting.text(path, "x", ""))).as(path).isTrue();
        }
        for (String path : new String[] {"pathology", "compression_type", "dir_perm", "path.count"}) {
            assertThat(StoreLocations.isLocation(Setting.text(path, "x", ""))).as(path).isFalse();
        }
        assertThat(StoreLocations.isLocation(Setting.flag("path", true, ""))).isFalse();
    }

    @Test
    void onlyNamedStoresGetPlacesOfTheirOwn() {
        assertThat(StoreLocations.suffix("default")).isEmpty();
        assertThat(StoreLocations.suffix("default@badger")).isEmpty();
        assertThat(StoreLocations.suffix("chain")).isEqualTo("chain");
    }
}
