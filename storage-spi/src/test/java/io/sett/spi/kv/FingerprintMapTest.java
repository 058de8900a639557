// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.kv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FingerprintMapTest {

    @Test
    void behavesLikeAMap() {
        long seed = Seeds.next("FingerprintMapTest");
        Random random = new Random(seed);
        FingerprintMap map = new FingerprintMap();
        Map<Long, Long> model = new HashMap<>();
        for (int i = 0; i < 50_000; i++) {
            long key = 1 + random.nextInt(600) * (random.nextBoolean() ? 1L : 1L << 32);
            long version = random.nextInt(5);
            switch (random.nextInt(4)) {
                case 0 -> {
                    map.putFirst(key, version);
                    model.putIfAbsent(key, version);
                }
                case 1 -> {
                    map.putLast(key, version);
                    model.put(key, version);
                }
                default -> {
                    map.remove(key, version);
                    model.remove(key, version);
                }
            }
            assertThat(map.get(key)).as("seed %d step %d", seed, i)
                    .isEqualTo(model.getOrDefault(key, FingerprintMap.ABSENT));
            assertThat(map.size()).isEqualTo(model.size());
        }
        model.forEach((key, version) -> assertThat(map.get(key)).as("seed %d", seed).isEqualTo(version));
    }

    @Test
    void clearedMapIsEmpty() {
        FingerprintMap map = new FingerprintMap();
        map.putLast(7, 1);
        map.clear();
        assertThat(map.get(7)).isEqualTo(FingerprintMap.ABSENT);
        assertThat(map.size()).isZero();
    }

    @Test
    void fingerprintsOfShortKeysDiffer() {
        Set<Long> seen = new HashSet<>();
        int keys = 0;
        for (int length = 1; length <= 2; length++) {
            for (int i = 0; i < 1 << 8 * length; i++) {
                byte[] key = length == 1 ? new byte[] {(byte) i} : new byte[] {(byte) (i >> 8), (byte) i};
                seen.add(Fingerprint.of(key));
                keys++;
            }
        }
        for (int i = 0; i < 100_000; i++) {
            seen.add(Fingerprint.of(TestKeys.bytes(String.format("user:%08d", i))));
            keys++;
        }
        assertThat(seen).hasSize(keys).doesNotContain(0L);
    }
}
