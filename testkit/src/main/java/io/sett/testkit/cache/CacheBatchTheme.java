// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.cache;

import static io.sett.testkit.Bytes.bytes;
import static io.sett.testkit.Bytes.number;
import static io.sett.testkit.Bytes.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sett.api.cache.CacheStore;
import io.sett.api.cache.CacheView;
import io.sett.api.error.ClosedException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.error.StorageException;
import io.sett.testkit.Parallel;
import io.sett.testkit.Stress;
import io.sett.testkit.Theme;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Many keys at once, and reading and writing in one step. */
@Theme("batch, atomics")
public interface CacheBatchTheme extends CacheTheme {

    @Test
    default void manyKeysCanBeSetReadAndDeleted() {
        if (hasSetMany()) {
            store().setMany(Map.of("a", bytes("1"), "b", bytes("2"), "c", bytes("3")));
            Map<String, byte[]> found = store().getMany(List.of("c", "x", "a", "c"));
            assertThat(new ArrayList<>(found.keySet())).as("present keys in the order asked").containsExactly("c", "a");
            assertThat(found.get("a")).isEqualTo(bytes("1"));
            Map<String, Boolean> has = store().hasMany(List.of("b", "x"));
            assertThat(has).containsExactly(Map.entry("b", true), Map.entry("x", false));
            assertThat(store().deleteMany(List.of("a", "x", "a", "b"))).isEqualTo(2);
            assertThat(store().size()).isOne();
            store().setMany(Map.of());
            assertThat(store().getMany(List.of())).isEmpty();
            assertThat(store().deleteMany(List.of())).isZero();
        }
    }

    @Test
    default void setManyTakesATimeToLive() {
        if (hasSetMany() && hasTtl()) {
            store().setMany(Map.of("a", bytes("1"), "b", bytes("2")), TEN_MINUTES);
            store().setMany(Map.of("c", bytes("3")), Duration.ZERO);
            assertThat(store().ttl("a")).isPresent();
            advance(TEN_MINUTES.plusSeconds(1));
            assertThat(store().getMany(List.of("a", "b", "c"))).containsOnlyKeys("c");
        }
    }

    @Test
    default void whenOneItemIsRefusedNoneIsStored() {
        if (hasSetMany()) {
            set("a", "old");
            Map<String, byte[]> bad = new LinkedHashMap<>();
            bad.put("a", bytes("new"));
            bad.put("b", bytes("new"));
            bad.put("", bytes("the empty key is refused"));
            failing(InvalidOperationException.class, ErrorCode.INVALID_ARGUMENT, () -> store().setMany(bad));
            assertThat(get("a")).contains("old");
            assertThat(store().has("b")).isFalse();
            if (store().limits().maxValueBytes() <= 64 << 20) {
                bad.remove("");
                bad.put("c", new byte[(int) store().limits().maxValueBytes() + 1]);
                failing(StorageException.class, () -> store().setMany(bad));
                assertThat(get("a")).contains("old");
                assertThat(store().size()).isOne();
            }
        }
    }

    @Test
    default void aReaderSeesAllOfASetManyOrNothing() {
        if (hasSetMany()) {
            List<String> keys = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                keys.add("key" + i);
            }
            AtomicInteger running = new AtomicInteger(1);
            CacheStore cache = store();
            Parallel.run(3, thread -> {
                if (thread == 0) {
                    for (long i = 0; i < Stress.times(500, 20_000); i++) {
                        Map<String, byte[]> all = new LinkedHashMap<>();
                        for (String key : keys) {
                            all.put(key, number(i));
                        }
                        cache.setMany(all);
                    }
                    running.decrementAndGet();
                } else {
                    List<String> order = new ArrayList<>(keys);
                    Collections.reverse(order);
                    while (running.get() > 0) {
                        Map<String, byte[]> seen = cache.getMany(order);
                        assertThat(seen.values().stream().map(value -> number(value)).distinct().count())
                                .as("values of different setMany in one getMany: %s", seen.keySet())
                                .isLessThanOrEqualTo(1);
                        assertThat(seen.size()).isIn(0, 20);
                    }
                }
            });
        }
    }

    @Test
    default void atomicallyReadsAndWritesInOneStep() {
        if (hasAtomically()) {
            set("from", "10");
            set("to", "0");
            String answer = store().atomically(List.of("from", "to", "new"), view -> {
                view.set("to", view.get("from").orElseThrow());
                assertThat(text(view.get("to"))).as("the body sees its own writes").contains("10");
                assertThat(view.delete("from")).isTrue();
                assertThat(view.has("from")).isFalse();
                assertThat(view.update("new", bytes("x"))).isFalse();
                view.set("new", bytes("made"));
                return "done";
            });
            assertThat(answer).isEqualTo("done");
            assertThat(get("to")).contains("10");
            assertThat(get("new")).contains("made");
            assertThat(store().has("from")).isFalse();
        }
    }

    @Test
    default void aBodyThatThrowsWritesNothing() {
        if (hasAtomically()) {
            set("a", "old");
            IllegalStateException own = new IllegalStateException("mine");
            assertThat(catchThrowable(() -> store().atomically(List.of("a", "b"), view -> {
                view.set("a", bytes("new"));
                view.set("b", bytes("new"));
                throw own;
            }))).isSameAs(own);
            assertThat(get("a")).contains("old");
            assertThat(store().has("b")).isFalse();
        }
    }

    @Test
    default void onlyNamedKeysMayBeTouchedAndOnlyMeanwhile() {
        if (hasAtomically()) {
            CacheView[] kept = new CacheView[1];
            failing(InvalidOperationException.class, ErrorCode.INVALID_ARGUMENT,
                    () -> store().atomically(List.of("a"), view -> {
                        kept[0] = view;
                        view.set("a", bytes("1"));
                        return view.has("b");
                    }));
            assertThat(store().has("a")).isFalse();
            failing(ClosedException.class, ErrorCode.SCOPE_ENDED, () -> kept[0].get("a"));
        }
    }

    @Test
    default void singleKeysCanBeChangedInOneStep() {
        assertThat(store().putIfAbsent("a", bytes("1"))).isEmpty();
        assertThat(text(store().putIfAbsent("a", bytes("2")))).contains("1");
        assertThat(store().compareAndSet("a", bytes("0"), bytes("3"))).isFalse();
        assertThat(store().compareAndSet("a", bytes("1"), bytes("3"))).isTrue();
        assertThat(store().compareAndSet("absent", bytes("1"), bytes("3"))).isFalse();
        assertThat(text(store().compute("a", value -> Optional.of(bytes(text(value).orElse("") + "!")))))
                .contains("3!");
        assertThat(store().compute("a", value -> Optional.empty())).isEmpty();
        assertThat(store().has("a")).isFalse();
        assertThat(store().append("log", bytes("one "))).isEqualTo(4);
        assertThat(store().append("log", bytes("two"))).isEqualTo(7);
        assertThat(get("log")).contains("one two");
        if (hasTtl()) {
            assertThat(store().replace("log", bytes("new"), TEN_MINUTES)).isTrue();
            assertThat(store().replace("absent", bytes("new"), TEN_MINUTES)).isFalse();
            assertThat(store().putIfAbsent("t", bytes("1"), TEN_MINUTES)).isEmpty();
            assertThat(store().compute("u", value -> Optional.of(bytes("1")), TEN_MINUTES)).isPresent();
            store().set("keeps", bytes("1"), TEN_MINUTES);
            assertThat(store().compareAndSet("keeps", bytes("1"), bytes("2"))).isTrue();
            store().append("keeps", bytes("3"));
            advance(TEN_MINUTES.plusSeconds(1));
            assertThat(store().getMany(List.of("log", "t", "u", "keeps")))
                    .as("all had ten minutes; changes in place keep the expiry").isEmpty();
        }
    }

    @Test
    default void computeOfManyThreadsAddsUp() {
        CacheStore cache = store();
        int each = Stress.times(500, 20_000);
        Parallel.run(8, thread -> {
            for (int i = 0; i < each; i++) {
                cache.compute("n", value -> Optional.of(number(value.map(bytes -> number(bytes)).orElse(0L) + 1)));
            }
        });
        assertThat(number(store().getOrThrow("n"))).isEqualTo(8L * each);
    }

    @Test
    default void moneyIsNeitherMadeNorLost() {
        if (hasAtomically()) {
            for (int i = 0; i < 8; i++) {
                store().set("account" + i, number(100));
            }
            CacheStore cache = store();
            Parallel.run(4, thread -> {
                java.util.Random random = new java.util.Random(thread);
                for (int i = 0; i < Stress.times(300, 10_000); i++) {
                    String from = "account" + random.nextInt(8);
                    String to = "account" + random.nextInt(8);
                    cache.atomically(List.of(from, to), view -> {
                        if (!from.equals(to)) {
                            view.set(from, number(number(view.get(from).orElseThrow()) - 1));
                            view.set(to, number(number(view.get(to).orElseThrow()) + 1));
                        }
                        return true;
                    });
                }
            });
            long sum = 0;
            for (int i = 0; i < 8; i++) {
                sum += number(store().getOrThrow("account" + i));
            }
            assertThat(sum).isEqualTo(800);
        }
    }

    @Test
    default void aReaderNeverSeesAHalfWrittenValue() {
        CacheStore cache = store();
        AtomicInteger running = new AtomicInteger(2);
        Parallel.run(4, thread -> {
            if (thread < 2) {
                for (int i = 0; i < Stress.times(3000, 200_000); i++) {
                    byte[] value = new byte[1 + i % 500];
                    java.util.Arrays.fill(value, (byte) value.length);
                    cache.set("k" + i % 3, value);
                    if (i % 17 == 0) {
                        cache.delete("k" + i % 3);
                    }
                }
                running.decrementAndGet();
            } else {
                for (int i = 0; running.get() > 0; i++) {
                    cache.get("k" + i % 3).ifPresent(value -> {
                        for (byte one : value) {
                            assertThat(one).as("a byte of a value of %d bytes", value.length)
                                    .isEqualTo((byte) value.length);
                        }
                    });
                }
            }
        });
    }
}
