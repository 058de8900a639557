// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.base;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.engine.lsm.internal.base.RangeDeletions.Deletion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RangeDeletionsTest {

    private static RangeDeletions random(Random random, ModelEntries model) {
        List<Deletion> deletions = new ArrayList<>();
        for (int i = random.nextInt(12); i > 0; i--) {
            deletions.add(new Deletion(Seeds.key(random, 3), Seeds.key(random, 3), 1 + random.nextInt(20)));
        }
        model.ranges.addAll(deletions);
        return RangeDeletions.of(deletions);
    }

    @Test
    void findsTheNewestDeletionThatAReaderSees() {
        long seed = Seeds.next();
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            ModelEntries model = new ModelEntries();
            List<RangeDeletions> layers = List.of(random(random, model), random(random, model), random(random, model));
            RangeDeletions merged = RangeDeletions.merge(layers);
            long snapshot = random.nextInt(22);
            RangeCover cover = new RangeCover(layers, snapshot);
            for (int i = 0; i < 60; i++) {
                byte[] key = Seeds.key(random, 3);
                long expected = model.deletedAt(key, snapshot);
                assertThat(merged.newest(key, 0, key.length, snapshot)).as(Seeds.replay(seed)).isEqualTo(expected);
                assertThat(cover.newest(key, 0, key.length)).as(Seeds.replay(seed)).isEqualTo(expected);
                checkRuns(cover, key, random.nextInt(20), model, snapshot, Seeds.replay(seed));
            }
        }
    }

    private static void checkRuns(RangeCover cover, byte[] key, long version, ModelEntries model, long snapshot,
            String hint) {
        byte[] until = cover.deadUntil(key, 0, key.length, version);
        byte[] from = cover.deadFrom(key, 0, key.length, version);
        if (model.deletedAt(key, snapshot) <= version) {
            assertThat(until).as(hint).isNull();
            assertThat(from).as(hint).isNull();
            return;
        }
        assertThat(Arrays.compareUnsigned(from, key)).as(hint).isNotPositive();
        assertThat(Arrays.compareUnsigned(until, key)).as(hint).isPositive();
        assertThat(model.deletedAt(from, snapshot)).as(hint).isGreaterThan(version);
        assertThat(model.deletedAt(until, snapshot)).as(hint).isLessThanOrEqualTo(version);
        for (Deletion range : model.ranges) {
            for (byte[] bound : List.of(range.start(), range.end())) {
                if (Arrays.compareUnsigned(from, bound) <= 0 && Arrays.compareUnsigned(bound, until) < 0) {
                    assertThat(model.deletedAt(bound, snapshot)).as(hint).isGreaterThan(version);
                }
            }
        }
    }

    @Test
    void fragmentsAscendAndDoNotOverlap() {
        byte[] a = {'a'};
        byte[] c = {'c'};
        byte[] e = {'e'};
        RangeDeletions deletions = RangeDeletions.of(List.of(new Deletion(a, e, 5), new Deletion(c, e, 7),
                new Deletion(e, a, 9)));
        assertThat(deletions.count()).isEqualTo(2);
        assertThat(deletions.fragment(0).end()).isEqualTo(c);
        assertThat(deletions.fragment(1).versions()).containsExactly(7, 5);
        assertThat(deletions.minVersion()).isEqualTo(5);
        assertThat(deletions.maxVersion()).isEqualTo(7);
        RangeDeletions clipped = deletions.clip(new byte[] {'b'}, new byte[] {'d'});
        assertThat(clipped.fragment(0).start()).isEqualTo(new byte[] {'b'});
        assertThat(clipped.fragment(1).end()).isEqualTo(new byte[] {'d'});
    }

    @Test
    void keepsWhatReadersNeed() {
        byte[] a = {'a'};
        byte[] e = {'e'};
        RangeDeletions deletions = RangeDeletions.of(List.of(new Deletion(a, e, 3), new Deletion(a, e, 5),
                new Deletion(a, e, 8)));
        assertThat(deletions.forReaders(6, RangeDeletions.Older.ANYWHERE).fragment(0).versions()).containsExactly(8, 5);
        assertThat(deletions.forReaders(9, RangeDeletions.Older.ANYWHERE).fragment(0).versions()).containsExactly(8);
        assertThat(deletions.forReaders(9, (start, end, version) -> List.of()).isEmpty()).isTrue();
        assertThat(deletions.forReaders(2, (start, end, version) -> List.of()).fragment(0).versions())
                .containsExactly(8, 5, 3);
    }
}
