// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sett.api.cache.CacheStore;
import io.sett.testkit.Stress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/**
 * Histories of three threads on two keys, each operation in one step: Lincheck looks for an order of the operations
 * that explains all answers. Each history has keys of its own in one cache for all.
 */
@Param(name = "key", gen = IntGen.class, conf = "0:1")
@Param(name = "value", gen = IntGen.class, conf = "1:3")
public class CacheLinearizabilityTest {

    private static final CacheStore CACHE =
            MemoryCache.open(MemoryCacheOptions.defaults().withName("linearizable").withMaxBytes(64 << 20));
    private static final AtomicLong HISTORIES = new AtomicLong();
    private static final Duration TTL = Duration.ofMinutes(10);

    private final long history = HISTORIES.incrementAndGet();

    private String name(int key) {
        return history + "/" + key;
    }

    private static byte[] bytes(int value) {
        byte[] bytes = new byte[value * 20];
        Arrays.fill(bytes, (byte) ('0' + value));
        return bytes;
    }

    private static String text(Optional<byte[]> value) {
        return value.map(bytes -> new String(bytes, UTF_8)).orElse("absent");
    }

    @Operation
    public void set(@Param(name = "key") int key, @Param(name = "value") int value) {
        CACHE.set(name(key), bytes(value), TTL);
    }

    @Operation
    public String get(@Param(name = "key") int key) {
        return text(CACHE.get(name(key)));
    }

    @Operation
    public String read(@Param(name = "key") int key) {
        return CACHE.read(name(key), slice -> slice.toString(UTF_8)).orElse("absent");
    }

    @Operation
    public boolean delete(@Param(name = "key") int key) {
        return CACHE.delete(name(key));
    }

    @Operation
    public boolean has(@Param(name = "key") int key) {
        return CACHE.has(name(key));
    }

    @Operation
    public String putIfAbsent(@Param(name = "key") int key, @Param(name = "value") int value) {
        return text(CACHE.putIfAbsent(name(key), bytes(value)));
    }

    @Operation
    public boolean compareAndSet(@Param(name = "key") int key, @Param(name = "value") int value) {
        return CACHE.compareAndSet(name(key), bytes(value), bytes(value % 3 + 1));
    }

    @Operation
    public long append(@Param(name = "key") int key, @Param(name = "value") int value) {
        return CACHE.append(name(key), bytes(value));
    }

    @Operation
    public void setBoth(@Param(name = "value") int value) {
        CACHE.setMany(Map.of(name(0), bytes(value), name(1), bytes(value)));
    }

    @Operation
    public String getBoth() {
        Map<String, String> found = new TreeMap<>();
        CACHE.getMany(List.of(name(0), name(1)))
                .forEach((name, value) -> found.put(name.substring(name.indexOf('/')), new String(value, UTF_8)));
        return found.toString();
    }

    @Test
    void everyHistoryHasAnOrder() {
        new StressOptions().iterations(Stress.times(8, 300)).invocationsPerIteration(Stress.times(100, 5000))
                .threads(3).actorsPerThread(3).actorsBefore(1).actorsAfter(1).minimizeFailedScenario(true)
                .check(CacheLinearizabilityTest.class);
    }
}
