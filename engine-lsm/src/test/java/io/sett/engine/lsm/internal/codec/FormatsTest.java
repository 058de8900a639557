// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sett.api.error.CorruptionException;
import io.sett.api.error.FormatVersionException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FormatsTest {

    private static final Path FILE = Path.of("000007.sst");
    private static final UUID STORE = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

    @Test
    void fileHeaderIsPinned() {
        byte[] bytes = new FileHeader("TABL", 1, STORE, 7, 1000, 0).encode();
        assertThat(HexFormat.of().formatHex(bytes, 0, 60)).isEqualTo("534554545441424c" + "01000000"
                + "00112233445566778899aabbccddeeff" + "0700000000000000" + "e803000000000000" + "00000000"
                + "000000000000000000000000");
        assertThat(FileHeader.decode(bytes, "TABL", 1, FILE)).isEqualTo(new FileHeader("TABL", 1, STORE, 7, 1000, 0));
    }

    @Test
    void everyFlippedBitOfAHeaderIsFound() {
        byte[] bytes = new FileHeader("TABL", 1, STORE, 7, 1000, 0).encode();
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> FileHeader.decode(flipped, "TABL", 1, FILE)).as("bit %d", bit)
                    .isInstanceOf(CorruptionException.class).hasMessageContaining("000007.sst");
        }
    }

    @Test
    void foreignNewerAndMisplacedFilesAreRefused() {
        byte[] newer = new FileHeader("TABL", 9, STORE, 7, 1000, 0).encode();
        assertThatThrownBy(() -> FileHeader.decode(newer, "TABL", 1, FILE)).isInstanceOf(FormatVersionException.class)
                .hasMessageContaining("format version 9");
        assertThatThrownBy(() -> FileHeader.decode(newer, "WALL", 9, FILE)).isInstanceOf(CorruptionException.class)
                .hasMessageContaining("TABL");
        assertThatThrownBy(() -> FileHeader.decode(new byte[10], "TABL", 1, FILE))
                .isInstanceOf(CorruptionException.class);
        FileHeader header = new FileHeader("TABL", 1, STORE, 7, 1000, 0);
        assertThatThrownBy(() -> header.requireIdentity(new UUID(1, 1), 7, FILE)).hasMessageContaining("belongs to");
        assertThatThrownBy(() -> header.requireIdentity(STORE, 8, FILE)).hasMessageContaining("file number 7");
    }

    @Test
    void varintsArePinnedAndSurvive() {
        assertThat(new ByteWriter(4).putVarint(300).toByteArray()).isEqualTo(new byte[] {(byte) 0xac, 2});
        ByteWriter out = new ByteWriter(4);
        long[] values = {0, 1, 127, 128, 16383, 16384, Integer.MAX_VALUE, Long.MAX_VALUE, -1, Long.MIN_VALUE};
        for (long value : values) {
            int before = out.length();
            out.putVarint(value);
            assertThat(out.length() - before).isEqualTo(Varint.length(value));
        }
        ByteReader in = new ByteReader(out.array(), 0, out.length(), FILE, 0);
        for (long value : values) {
            assertThat(in.getVarint()).isEqualTo(value);
        }
        assertThat(in.hasRemaining()).isFalse();
    }

    @Test
    void damagedLengthsAllocateNothing() {
        byte[] huge = new ByteWriter(16).putVarint(0x7fffffff).putByte(1).toByteArray();
        assertThatThrownBy(() -> new ByteReader(huge, 0, huge.length, FILE, 40).getBlob())
                .isInstanceOf(CorruptionException.class).hasMessageContaining("000007.sst");
        byte[] endless = new byte[11];
        java.util.Arrays.fill(endless, (byte) 0xff);
        assertThatThrownBy(() -> new ByteReader(endless, 0, 11, FILE, 0).getVarint())
                .isInstanceOf(CorruptionException.class);
        assertThatThrownBy(() -> new ByteReader(new byte[3], 0, 3, FILE, 0).getInt())
                .isInstanceOf(CorruptionException.class).hasMessageContaining("3 are left");
    }
}
