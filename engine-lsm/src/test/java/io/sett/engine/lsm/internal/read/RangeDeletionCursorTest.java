// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.engine.lsm.internal.base.Bytes;
import io.sett.engine.lsm.internal.base.EntryKind;
import io.sett.engine.lsm.internal.base.InternalCursor;
import io.sett.engine.lsm.internal.base.InternalKey;
import io.sett.engine.lsm.internal.base.ModelEntries;
import io.sett.engine.lsm.internal.base.RangeCover;
import io.sett.engine.lsm.internal.base.RangeDeletions;
import io.sett.engine.lsm.internal.base.Seeds;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RangeDeletionCursorTest {

    private static ModelEntries random(Random random) {
        ModelEntries model = ModelEntries.random(random, 60, 2, 10);
        for (int i = random.nextInt(8); i > 0; i--) {
            model.ranges.add(new RangeDeletions.Deletion(Seeds.key(random, 2), Seeds.key(random, 2),
                    1 + random.nextInt(1 << 20)));
        }
        return model;
    }

    private static RangeCover cover(ModelEntries model) {
        return new RangeCover(List.of(RangeDeletions.of(model.ranges)), Long.MAX_VALUE);
    }

    /** The entries and the deletions that must appear among them. */
    private static ModelEntries withDeletions(ModelEntries model) {
        ModelEntries all = new ModelEntries();
        all.entries.putAll(model.entries);
        byte[] before = null;
        for (byte[] flat : model.entries.keySet()) {
            long version = InternalKey.version(InternalKey.trailer(flat));
            boolean sameKey = before != null && InternalKey.compareUserKeys(before, flat) == 0;
            long newer = sameKey ? InternalKey.version(InternalKey.trailer(before)) : Long.MAX_VALUE;
            long oldest = Long.MAX_VALUE;
            byte[] key = InternalKey.userKey(flat);
            for (RangeDeletions.Deletion range : model.ranges) {
                boolean covers = java.util.Arrays.compareUnsigned(range.start(), key) <= 0
                        && java.util.Arrays.compareUnsigned(key, range.end()) < 0;
                if (covers && range.version() > version) {
                    oldest = Math.min(oldest, range.version());
                }
            }
            if (oldest < newer && InternalKey.kind(InternalKey.trailer(flat)) != EntryKind.DELETE) {
                all.entries.put(InternalKey.encode(key, oldest, EntryKind.DELETE), Bytes.EMPTY);
            }
            before = flat;
        }
        return all;
    }

    @Test
    void showsADeletionBeforeEachHiddenValueInEveryDirection() {
        long seed = Seeds.next();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            ModelEntries model = random(random);
            try (InternalCursor cursor = new RangeDeletionCursor(model.cursor(), cover(model))) {
                withDeletions(model).assertMoves(cursor, random, 200, Seeds.replay(seed) + " round " + round);
            }
        }
    }

    @Test
    void jumpsOverWhatIsOlderThanTheDeletion() {
        long seed = Seeds.next();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            ModelEntries model = random(random);
            long newest = model.entries.keySet().stream()
                    .mapToLong(flat -> InternalKey.version(InternalKey.trailer(flat))).max().orElse(0);
            model.ranges.replaceAll(range -> new RangeDeletions.Deletion(range.start(), range.end(),
                    newest - 1 + random.nextInt(3)));
            ModelEntries left = new ModelEntries();
            for (Map.Entry<byte[], byte[]> entry : model.entries.entrySet()) {
                if (model.deletedAt(InternalKey.userKey(entry.getKey()), Long.MAX_VALUE) <= newest) {
                    left.entries.put(entry.getKey(), entry.getValue());
                }
            }
            try (InternalCursor cursor = new SkippingCursor(model.cursor(), cover(model), newest)) {
                left.assertMoves(cursor, random, 200, Seeds.replay(seed) + " round " + round);
                assertThat(cursor.first()).isEqualTo(!left.entries.isEmpty());
            }
        }
    }
}
