// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ActiveVersionsTest {

    @Test
    void knowsTheOldest() {
        long seed = Seeds.next("ActiveVersionsTest");
        Random random = new Random(seed);
        ActiveVersions active = new ActiveVersions();
        List<Long> model = new ArrayList<>();
        long version = 0;
        for (int i = 0; i < 20_000; i++) {
            version += random.nextInt(2);
            long now = version;
            int choice = random.nextInt(i % 1000 < 500 ? 3 : 4);
            if (choice < 2) {
                assertThat(active.acquire(() -> now)).isEqualTo(now);
                model.add(now);
            } else if (!model.isEmpty() && choice == 2) {
                long again = model.get(random.nextInt(model.size()));
                if (random.nextInt(4) == 0) {
                    active.acquireAgain(again);
                    model.add(again);
                }
            } else {
                for (int n = 0; n < 4 && !model.isEmpty(); n++) {
                    active.release(model.remove(random.nextInt(model.size())));
                }
            }
            assertThat(active.count()).isEqualTo(model.size());
            assertThat(active.oldest(now)).as("seed %d step %d", seed, i)
                    .isEqualTo(model.isEmpty() ? now : Collections.min(model).longValue());
        }
    }

    @Test
    void refusesWhatNobodyReads() {
        ActiveVersions active = new ActiveVersions();
        active.acquire(() -> 5);
        active.release(5);
        assertThatThrownBy(() -> active.release(5)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> active.acquireAgain(5)).isInstanceOf(IllegalStateException.class);
        assertThat(active.oldest(9)).isEqualTo(9);
    }
}
