// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.engine.lsm.internal.base.InternalCursor;
import io.sett.engine.lsm.internal.base.ModelEntries;
import io.sett.engine.lsm.internal.base.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MergingCursorTest {

    @Test
    void isWhatOneSortedMapIs() {
        long seed = Seeds.next();
        Random random = new Random(seed);
        for (int round = 0; round < 60; round++) {
            ModelEntries whole = ModelEntries.random(random, 1 + random.nextInt(400), 1 + random.nextInt(12), 10);
            List<ModelEntries> parts = new ArrayList<>();
            int count = 1 + random.nextInt(9);
            for (int i = 0; i < count; i++) {
                parts.add(new ModelEntries());
            }
            for (Map.Entry<byte[], byte[]> entry : whole.entries.entrySet()) {
                parts.get(random.nextInt(count)).entries.put(entry.getKey(), entry.getValue());
            }
            List<InternalCursor> cursors = new ArrayList<>();
            parts.forEach(part -> cursors.add(part.cursor()));
            try (MergingCursor cursor = new MergingCursor(cursors)) {
                whole.assertMoves(cursor, random, 1500, Seeds.replay(seed));
            }
        }
    }

    @Test
    void nothingMergesToNothing() {
        try (MergingCursor cursor = new MergingCursor(List.of(new ModelEntries().cursor()))) {
            assertThat(cursor.first()).isFalse();
            assertThat(cursor.last()).isFalse();
            assertThat(cursor.isPositioned()).isFalse();
        }
    }
}
