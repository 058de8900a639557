// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.compaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.engine.lsm.internal.base.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeySlicesTest {

    /** Anchors as key:bytes; the starts of the slices. */
    @ParameterizedTest
    @CsvSource({
        "'',                        4, -",
        "'5:10',                    1, -",
        "'5:10',                    2, - 5",
        "'1:10 2:10 3:10 4:10',     2, - 2",
        "'4:10 2:10 3:10 1:10',     2, - 2",
        "'1:10 2:10 3:10 4:10',     4, - 1 2 3",
        "'1:10 1:10 1:10 1:10',     4, - 1",
        "'1:90 2:1 3:1 4:1',        2, - 1",
        "'1:1 2:1 3:1 4:90',        3, - 4",
    })
    void cutsWhereBytesAreEven(String anchors, int parts, String starts) {
        List<Anchor> list = new ArrayList<>();
        for (String anchor : anchors.isBlank() ? new String[0] : anchors.split(" ")) {
            String[] fields = anchor.split(":");
            list.add(new Anchor(new byte[] {Byte.parseByte(fields[0])}, Long.parseLong(fields[1])));
        }
        List<String> found = new ArrayList<>();
        for (KeyLimits slice : KeySlices.cut(list, parts)) {
            byte[] start = slice.start();
            found.add(start == null ? "-" : String.valueOf(start[0]));
        }
        assertThat(String.join(" ", found)).isEqualTo(starts);
    }

    @Test
    void slicesHaveNeitherGapNorOverlap() {
        long seed = Seeds.next();
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            List<Anchor> anchors = new ArrayList<>();
            for (int i = random.nextInt(40); i > 0; i--) {
                anchors.add(new Anchor(Seeds.bytes(random, random.nextInt(3)), random.nextInt(1000)));
            }
            int parts = 1 + random.nextInt(6);
            List<KeyLimits> slices = KeySlices.cut(anchors, parts);
            assertThat(slices).as(Seeds.replay(seed)).hasSizeBetween(1, parts);
            assertThat(slices.get(0).start()).isNull();
            assertThat(slices.get(slices.size() - 1).end()).isNull();
            for (int i = 1; i < slices.size(); i++) {
                assertThat(slices.get(i).start()).isEqualTo(slices.get(i - 1).end());
                byte[] end = slices.get(i - 1).end();
                assertThat(end[end.length - 1]).as("right behind a key").isZero();
                byte[] before = slices.get(i - 1).start();
                assertThat(before == null ? -1 : Arrays.compareUnsigned(before, slices.get(i).start()))
                        .as(Seeds.replay(seed)).isNegative();
            }
        }
    }
}
