// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.version;

import static io.sett.engine.lsm.internal.version.ManifestTest.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Versions and who holds them. */
class VersionTest {

    @Test
    void overlappingTablesOfASortedLevelAreRefused() {
        assertThatThrownBy(() -> Version.of(List.of(file(1, 2, "a", "m"), file(2, 2, "m", "z"))))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("level 2 is not disjoint");
        assertThat(Version.of(List.of(file(1, 0, "a", "m"), file(2, 0, "b", "z"))).files(0)).hasSize(2);
    }

    @Test
    void findsTheTableOfAKey() {
        Version version = Version.of(List.of(file(1, 1, "a", "c"), file(3, 1, "x", "z"), file(2, 1, "e", "m")));
        assertThat(version.files(1)).extracting(FileMetadata::id).containsExactly(1L, 2L, 3L);
        assertThat(version.find(1, "b".getBytes())).isZero();
        assertThat(version.find(1, "d".getBytes())).isEqualTo(-1);
        assertThat(version.find(1, "e".getBytes())).isEqualTo(1);
        assertThat(version.find(1, "zz".getBytes())).isEqualTo(-1);
        assertThat(version.find(2, "a".getBytes())).isEqualTo(-1);
        assertThat(version.state(1).files()).isEqualTo(3);
        assertThat(version.totalBytes()).isEqualTo(3006);
    }

    @Test
    void editsThatDoNotFitAreRefusedAndChangeNothing() {
        VersionSet set = VersionSet.inMemory(new UUID(1, 1), id -> { });
        set.apply(VersionEdit.builder().addFile(file(1, 1, "a", "c")).build());
        assertThatThrownBy(() -> set.apply(VersionEdit.builder().deleteFile(1, 9).build()))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> set.apply(VersionEdit.builder().addFile(file(1, 2, "x", "y")).build()))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> set.apply(VersionEdit.builder().addFile(file(2, 1, "b", "d")).build()))
                .isInstanceOf(IllegalStateException.class);
        assertThat(set.peek().fileCount()).isEqualTo(1);
    }

    @Test
    void aTableIsObsoleteWhenNoHeldVersionNamesIt() {
        List<Long> obsolete = new ArrayList<>();
        VersionSet set = VersionSet.inMemory(new UUID(1, 1), obsolete::add);
        set.apply(VersionEdit.builder().addFile(file(1, 0, "a", "c")).build());
        Version first = set.acquire();
        set.apply(VersionEdit.builder().deleteFile(0, 1).addFile(file(1, 1, "a", "c")).build());
        Version moved = set.acquire();
        set.apply(VersionEdit.builder().deleteFile(1, 1).addFile(file(2, 1, "a", "c")).build());
        assertThat(obsolete).isEmpty();
        first.release();
        assertThat(obsolete).isEmpty();
        moved.release();
        assertThat(obsolete).containsExactly(1L);
        assertThat(moved.tryRetain()).isFalse();
        assertThat(set.peek().allFiles()).extracting(FileMetadata::id).containsExactly(2L);
    }
}
