// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file cut off anywhere is refused, and the message points into the file. */
class TruncationTest {
    private static final int FRAME = 8;

    @Test
    void aSmallRawBlockCutAtEveryByte() {
        byte[] block = SampleFile.FRAMED_MANY.blocks().get(0).raw().bytes();

        assertThat(SampleFile.read("whole", block)).hasSize(1);
        for (int length = 0; length < block.length; length++) {
            assertRefused(block, length);
        }
    }

    @Test
    void threeFramedBlocksCutAtEveryByte() {
        byte[] file = SampleFile.FRAMED_MANY.bytes();
        Set<Integer> boundaries = SampleFile.FRAMED_MANY.blocks().stream().limit(3)
                .map(b -> (int) b.raw().offset() + b.block().size()).collect(Collectors.toSet());
        int end = boundaries.stream().mapToInt(Integer::intValue).max().orElseThrow();

        for (int length = 0; length <= end; length++) {
            if (boundaries.contains(length)) {
                // A shorter file of whole frames is a good file: the format says nowhere how many there should be.
                assertThat(SampleFile.read("cut", Arrays.copyOf(file, length))).isNotEmpty();
            } else {
                assertRefused(file, length);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"V1, 61", "FRAMED_ONE, 211", "V3, 2503", "V4, 1501", "BIG, 4513"})
    void largeBlocksCutAtManyBytes(SampleFile file, int step) {
        byte[] bytes = file.bytes();

        for (int length = bytes.length - 1; length >= 0; length -= step) {
            assertRefused(bytes, length);
        }
        for (int length = 0; length < Math.min(FRAME + 200, bytes.length); length++) {
            assertRefused(bytes, length);
        }
    }

    private static void assertRefused(byte[] bytes, int length) {
        MalformedBlockException e = catchThrowableOfType(MalformedBlockException.class,
                () -> SampleFile.read("cut.dat", Arrays.copyOf(bytes, length)));

        assertThat(e).as("cut to %d bytes", length).isNotNull();
        assertThat(e.file()).isEqualTo("cut.dat");
        assertThat(e.offset()).isBetween(0L, (long) length);
        assertThat(e).hasMessageStartingWith("cut.dat: byte offset " + e.offset() + ": expected ");
    }
}
