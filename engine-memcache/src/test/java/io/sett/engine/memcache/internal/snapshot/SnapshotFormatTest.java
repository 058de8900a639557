// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bytes of a snapshot never change within a format version; these were computed apart from the writer. */
class SnapshotFormatTest {

    private static final long WRITTEN = 1_767_225_600_000L;
    private static final byte[] GOLDEN = HexFormat.of().parseHex(
            "5345545443534e50000000010000019b76daa800a3ab5ddd00000003000000020000019b76db9260"
            + "6b657901ff7bb6e0a3000000000000000000000001ecc57c94");

    @TempDir
    private Path directory;

    @Test
    void theWriterWritesTheGoldenBytes() throws IOException {
        Path file = directory.resolve("golden");
        try (SnapshotWriter writer = SnapshotWriter.open(file, WRITTEN)) {
            writer.add(new SnapshotEntry("key".getBytes(StandardCharsets.UTF_8), new byte[] {1, -1},
                    WRITTEN + 60_000));
            assertThat(writer.finish()).isEqualTo(GOLDEN.length);
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(GOLDEN);
    }

    @Test
    void theReaderReadsTheGoldenBytes() throws IOException {
        Path file = Files.write(directory.resolve("golden"), GOLDEN);
        List<SnapshotEntry> entries = new ArrayList<>();
        assertThat(SnapshotReader.read(file, entries::add)).isEqualTo(GOLDEN.length);
        assertThat(entries).singleElement().satisfies(entry -> {
            assertThat(entry.key()).isEqualTo("key".getBytes(StandardCharsets.UTF_8));
            assertThat(entry.value()).containsExactly(1, -1);
            assertThat(entry.expiry()).isEqualTo(WRITTEN + 60_000);
        });
    }

    @Test
    void anAbandonedSnapshotLeavesTheOldFileAndNothingElse() throws IOException {
        Path file = Files.write(directory.resolve("golden"), GOLDEN);
        try (SnapshotWriter writer = SnapshotWriter.open(file, WRITTEN + 1)) {
            writer.add(new SnapshotEntry(new byte[] {'k'}, new byte[100_000], 0));
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(GOLDEN);
        assertThat(directory.toFile().list()).containsExactly("golden");
    }
}
