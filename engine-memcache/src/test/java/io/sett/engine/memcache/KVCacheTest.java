// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sett.api.KVCache;
import io.sett.api.cache.CacheStore;
import io.sett.api.common.StoreKind;
import io.sett.api.error.ClosedException;
import io.sett.api.kv.KVStore;
import io.sett.api.kv.PutOptions;
import io.sett.engine.memcache.internal.MemoryEngineProvider;
import io.sett.spi.EngineContext;
import io.sett.spi.settings.EngineSettings;
import io.sett.testkit.Stress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A cache in front of a key-value store: what it answers is what the store has. */
class KVCacheTest {

    private final CacheUnderTest test = CacheUnderTest.open("hard_max_cache_size", "1MB", "ttl.min_ttl", "1m");
    private final CacheStore cache = test.cache();
    private final KVStore store = store();
    private final KVCache front = KVCache.of(store, cache, test.clock());

    private KVStore store() {
        MemoryEngineProvider provider = new MemoryEngineProvider();
        EngineSettings settings = EngineSettings.of("the test", provider.schema(StoreKind.KEY_VALUE), Map.of());
        return (KVStore) provider.open(StoreKind.KEY_VALUE,
                EngineContext.of("behind", StoreKind.KEY_VALUE, settings).withClock(test.clock()));
    }

    @AfterEach
    void close() {
        store.close();
        test.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static Optional<String> text(Optional<byte[]> value) {
        return value.map(bytes -> new String(bytes, UTF_8));
    }

    @Test
    void readsAreLoadedOnceAndWritesReachBoth() {
        store.put(bytes("a"), bytes("1"));
        assertThat(text(front.get("a"))).contains("1");
        assertThat(cache.has("a")).isTrue();
        assertThat(front.get("absent")).isEmpty();
        front.put("a", bytes("2"));
        assertThat(text(store.get(bytes("a")))).contains("2");
        assertThat(text(cache.get("a"))).contains("2");
        front.delete("a");
        assertThat(store.has(bytes("a"))).isFalse();
        assertThat(cache.has("a")).isFalse();
    }

    @Test
    void writesPastTheCacheShowAfterInvalidation() {
        front.put("a", bytes("1"));
        store.put(bytes("a"), bytes("2"));
        front.invalidate("a");
        assertThat(text(front.get("a"))).contains("2");
    }

    @Test
    void nothingOutlivesItsEntryInTheStore() {
        store.put(bytes("long"), bytes("1"), PutOptions.defaults().withTtl(Duration.ofMinutes(10)));
        store.put(bytes("short"), bytes("2"), PutOptions.defaults().withTtl(Duration.ofSeconds(20)));
        assertThat(text(front.get("long"))).contains("1");
        assertThat(text(front.get("short"))).contains("2");
        assertThat(cache.ttl("long").orElseThrow()).isLessThanOrEqualTo(Duration.ofMinutes(10).plusSeconds(1));
        assertThat(cache.has("short")).as("shorter than the cache allows").isFalse();
        test.clock().advance(Duration.ofMinutes(11));
        assertThat(front.get("long")).isEmpty();
        assertThat(front.get("short")).isEmpty();
    }

    @Test
    void whatTheCacheRefusesIsStoredAllTheSame() {
        front.put("a", bytes("small"));
        front.put("a", new byte[2 << 20]);
        assertThat(cache.has("a")).isFalse();
        assertThat(front.get("a").orElseThrow()).hasSize(2 << 20);
    }

    @Test
    void aFailedWriteLeavesNothingInTheCache() {
        front.put("a", bytes("1"));
        store.close();
        assertThatThrownBy(() -> front.put("a", bytes("2"))).isInstanceOf(ClosedException.class);
        assertThat(cache.has("a")).isFalse();
    }

    @Test
    void aPrefixOfTheStoreWarmsTheCache() {
        for (int i = 0; i < 50; i++) {
            store.put(bytes("user/" + i), bytes("v" + i));
            store.put(bytes("other/" + i), bytes("v" + i));
        }
        store.put(bytes("user/short"), bytes("2"), PutOptions.defaults().withTtl(Duration.ofSeconds(20)));
        store.put(new byte[] {'u', 's', 'e', 'r', '/', (byte) 0xff}, bytes("no text"));
        assertThat(front.warmUp(bytes("user/"))).isEqualTo(50);
        assertThat(cache.size()).isEqualTo(50);
        assertThat(text(cache.get("user/7"))).contains("v7");
        assertThat(front.warmUp(bytes("user/"))).isZero();
    }

    @Test
    void readersAndWritersNeverLeaveAnOldValueBehind() throws Exception {
        long seed = Stress.seed();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<?> reader = threads.submit(() -> {
                Random random = new Random(seed);
                for (int i = 0; i < Stress.times(8_000, 1_000_000); i++) {
                    front.get("key" + random.nextInt(20));
                }
            });
            Future<?> writer = threads.submit(() -> {
                Random random = new Random(seed + 1);
                for (int i = 0; i < Stress.times(8_000, 1_000_000); i++) {
                    String key = "key" + random.nextInt(20);
                    if (random.nextInt(5) == 0) {
                        front.delete(key);
                    } else {
                        front.put(key, bytes(Integer.toString(i)));
                    }
                }
            });
            reader.get(5, TimeUnit.MINUTES);
            writer.get(5, TimeUnit.MINUTES);
        } finally {
            threads.shutdownNow();
        }
        for (int i = 0; i < 20; i++) {
            assertThat(text(front.get("key" + i))).as("seed %d", seed).isEqualTo(text(store.get(bytes("key" + i))));
        }
    }
}
