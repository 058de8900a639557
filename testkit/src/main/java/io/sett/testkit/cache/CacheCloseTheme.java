// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.cache;

import static io.sett.testkit.Bytes.bytes;
import static io.sett.testkit.Bytes.number;
import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.cache.CacheStore;
import io.sett.api.common.Capability;
import io.sett.api.common.Health;
import io.sett.api.error.ClosedException;
import io.sett.api.error.ErrorCode;
import io.sett.testkit.Parallel;
import io.sett.testkit.StoreFixture;
import io.sett.testkit.Theme;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The end of a cache. */
@Theme("close, leaks")
public interface CacheCloseTheme extends CacheTheme {

    @Test
    default void aClosedCacheRefusesEverything() {
        CacheStore cache = store();
        set("a", "1");
        cache.close();
        cache.close();
        assertThat(cache.isOpen()).isFalse();
        assertThat(cache.health().status()).isEqualTo(Health.Status.DOWN);
        assertThat(cache.metrics()).isNotNull();
        for (Use use : new Use[] {() -> cache.get("a"), () -> cache.has("a"), () -> cache.set("a", bytes("1")),
            () -> cache.set("a", bytes("1"), Duration.ofMinutes(10)), () -> cache.delete("a"), cache::clear,
            () -> cache.read("a", slice -> 1), () -> cache.setMany(Map.of("a", bytes("1"))),
            () -> cache.getMany(List.of("a")), () -> cache.deleteMany(List.of("a")), () -> cache.ttl("a"),
            () -> cache.updateTtl("a", Duration.ofMinutes(10)), () -> cache.keys("*"), cache::size,
            () -> cache.putIfAbsent("a", bytes("1")), () -> cache.entries().close()}) {
            failing(ClosedException.class, ErrorCode.CACHE_CLOSED, use);
        }
    }

    @Test
    default void openStreamsEndWithTheCache() {
        CacheStore cache = store();
        for (int i = 0; i < 1000; i++) {
            set("k" + i, "v");
        }
        if (offers(Capability.PATTERNS)) {
            Stream<String> keys = cache.keyStream("*");
            var iterator = keys.iterator();
            iterator.next();
            cache.close();
            failing(ClosedException.class, () -> {
                while (iterator.hasNext()) {
                    iterator.next();
                }
            });
            keys.close();
        } else {
            refuses(Capability.PATTERNS, () -> cache.keyStream("*").close());
        }
    }

    @Test
    default void ordinaryCallsLeaveNothingOpen() {
        set("a", "1");
        store().get("a");
        store().putIfAbsent("a", bytes("2"));
        if (offers(Capability.PATTERNS)) {
            store().keys("*");
            store().countByPattern("*");
            store().deleteByPattern("x*");
        }
        assertThat(StoreFixture.tracker(store()).leaks()).isEmpty();
    }

    @Test
    default void closingWhileOthersWorkHarmsNobody() {
        for (int round = 0; round < 5; round++) {
            CacheStore cache = fixture().openElsewhere();
            CountDownLatch some = new CountDownLatch(1000);
            Parallel.run(5, thread -> {
                if (thread == 0) {
                    some.await();
                    cache.close();
                    return;
                }
                try {
                    for (int i = 0;; i++) {
                        some.countDown();
                        cache.set(thread + "." + i % 100, number(i));
                        assertThat(number(cache.getOrThrow(thread + "." + i % 100))).isEqualTo(i);
                    }
                } catch (ClosedException expected) {
                    assertThat(cache.isOpen()).isFalse();
                }
            });
        }
    }

    @Test
    default void aCacheCanBeOpenedAndClosedManyTimes() {
        int threads = Thread.activeCount();
        for (int i = 0; i < 30; i++) {
            CacheStore cache = fixture().openElsewhere();
            cache.set("a", bytes("" + i));
            assertThat(cache.get("a")).isPresent();
            cache.close();
        }
        assertThat(Thread.activeCount()).as("threads after 30 caches were closed").isLessThan(threads + 10);
    }
}
