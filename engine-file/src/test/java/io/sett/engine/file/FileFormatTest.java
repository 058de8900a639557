// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sett.api.error.FormatVersionException;
import io.sett.api.file.FileInfo;
import io.sett.api.file.FileStore;
import io.sett.engine.file.internal.format.Footer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bytes of a file on disk. */
class FileFormatTest {

    private static final HexFormat HEX = HexFormat.of();

    @TempDir
    private Path directory;

    @Test
    void theFooterIsPinned() {
        byte[] sha = new byte[32];
        Arrays.fill(sha, (byte) 0xab);
        assertThat(HEX.formatHex(new Footer(70_000, 1, 2, 0x01020304, sha).encode())).isEqualTo("5345545446494c45"
                + "01000000" + "00000100" + "7011010000000000" + "0100000000000000" + "0200000000000000" + "01000000"
                + "04030201" + "ab".repeat(32) + "00".repeat(12) + "c59937c0");
    }

    @Test
    void aFileIsContentThenChecksumsThenFooter() throws IOException {
        byte[] content = new byte[65_537];
        content[65_536] = 7;
        try (FileStore store = LocalFiles.open(directory)) {
            FileInfo info = store.save("d/x", content);
            byte[] file = Files.readAllBytes(directory.resolve("files/d/x"));
            assertThat(file).hasSize(65_537 + 8 + 96);
            assertThat(Arrays.copyOf(file, content.length)).isEqualTo(content);
            ByteBuffer rest = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).position(65_537);
            assertThat(rest.getInt()).isEqualTo(crc(content, 0, 65_536));
            assertThat(rest.getInt()).isEqualTo(crc(content, 65_536, 1));
            assertThat(HEX.formatHex(file, 65_545, 65_553)).isEqualTo("5345545446494c45");
            assertThat(HEX.formatHex(file, 65_545 + 48, 65_545 + 80)).isEqualTo(info.sha256().orElseThrow());
            assertThat(rest.getInt(65_545 + 92)).isEqualTo(crc(file, 65_545, 92));
        }
    }

    @Test
    void aNewerFormatIsRefused() throws IOException {
        try (FileStore store = LocalFiles.open(directory)) {
            store.save("x", new byte[3]);
            Path path = directory.resolve("files/x");
            byte[] file = Files.readAllBytes(path);
            int footer = file.length - 96;
            file[footer + 8] = 2;
            ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(footer + 92, crc(file, footer, 92));
            Files.write(path, file);
            assertThatThrownBy(() -> store.load("x")).isInstanceOf(FormatVersionException.class)
                    .hasMessageContaining("version 2").hasMessageContaining("version 1");
        }
    }

    private static int crc(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }
}
