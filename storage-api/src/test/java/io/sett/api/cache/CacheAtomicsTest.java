// SPDX-License-Identifier: Apache-2.0
package io.sett.api.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What follows from {@code atomically} alone. */
class CacheAtomicsTest {

    private static final Duration DEFAULT = Duration.ofHours(1);
    private static final Duration OWN = Duration.ofMinutes(5);

    private final Map<String, String> values = new HashMap<>();
    private final Map<String, Duration> ttls = new HashMap<>();
    private final CacheAtomics cache = new CacheAtomics() {
        @Override
        public <T> T atomically(Collection<String> keys, Function<? super CacheView, ? extends T> body) {
            return body.apply(new MapView());
        }
    };

    @Test
    void putIfAbsentKeepsWhatIsThere() {
        assertThat(cache.putIfAbsent("k", bytes("a"), OWN)).isEmpty();
        assertThat(cache.putIfAbsent("k", bytes("b"))).hasValueSatisfying(v -> assertThat(v).isEqualTo(bytes("a")));
        assertThat(values).containsEntry("k", "a");
        assertThat(ttls).containsEntry("k", OWN);
    }

    @Test
    void replaceNeedsAnEntry() {
        assertThat(cache.replace("k", bytes("a"), OWN)).isFalse();
        assertThat(values).isEmpty();
        cache.putIfAbsent("k", bytes("a"));
        assertThat(cache.replace("k", bytes("b"), OWN)).isTrue();
        assertThat(values).containsEntry("k", "b");
        assertThat(ttls).containsEntry("k", OWN);
    }

    @Test
    void compareAndSetComparesBytesAndKeepsTheExpiry() {
        assertThat(cache.compareAndSet("k", bytes(""), bytes("a"))).isFalse();
        cache.putIfAbsent("k", bytes("a"), OWN);
        assertThat(cache.compareAndSet("k", bytes("x"), bytes("b"))).isFalse();
        assertThat(cache.compareAndSet("k", bytes("a"), bytes("b"))).isTrue();
        assertThat(values).containsEntry("k", "b");
        assertThat(ttls).containsEntry("k", OWN);
    }

    @Test
    void computeStoresAndRemoves() {
        assertThat(cache.compute("k", old -> Optional.of(bytes(old.isEmpty() ? "new" : "old")))).isPresent();
        assertThat(values).containsEntry("k", "new");
        assertThat(ttls).containsEntry("k", DEFAULT);
        cache.compute("k", old -> old, OWN);
        assertThat(ttls).containsEntry("k", OWN);
        assertThat(cache.compute("k", old -> Optional.empty())).isEmpty();
        assertThat(values).isEmpty();
    }

    @Test
    void appendMakesOrExtends() {
        assertThat(cache.append("k", bytes("ab"))).isEqualTo(2);
        ttls.put("k", OWN);
        assertThat(cache.append("k", bytes("c"))).isEqualTo(3);
        assertThat(values).containsEntry("k", "abc");
        assertThat(ttls).containsEntry("k", OWN);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private final class MapView implements CacheView {

        @Override
        public Optional<byte[]> get(String key) {
            return Optional.ofNullable(values.get(key)).map(CacheAtomicsTest::bytes);
        }

        @Override
        public boolean has(String key) {
            return values.containsKey(key);
        }

        @Override
        public void set(String key, byte[] value) {
            set(key, value, DEFAULT);
        }

        @Override
        public void set(String key, byte[] value, Duration ttl) {
            values.put(key, new String(value, UTF_8));
            ttls.put(key, ttl);
        }

        @Override
        public boolean update(String key, byte[] value) {
            return values.computeIfPresent(key, (k, old) -> new String(value, UTF_8)) != null;
        }

        @Override
        public boolean delete(String key) {
            ttls.remove(key);
            return values.remove(key) != null;
        }
    }
}
