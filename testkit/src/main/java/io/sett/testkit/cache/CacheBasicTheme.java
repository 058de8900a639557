// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.cache;

import static io.sett.testkit.Bytes.bytes;
import static io.sett.testkit.Bytes.pattern;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sett.api.cache.CacheEntry;
import io.sett.api.cache.CacheEntryInfo;
import io.sett.api.cache.CacheStore;
import io.sett.api.common.Capability;
import io.sett.api.common.Slice;
import io.sett.api.common.StoreKind;
import io.sett.api.error.ClosedException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.error.KeyNotFoundException;
import io.sett.api.error.LimitExceededException;
import io.sett.testkit.Bytes;
import io.sett.testkit.Theme;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Single reads and writes. */
@Theme("basic")
public interface CacheBasicTheme extends CacheTheme {

    @Test
    default void aCacheKnowsWhatItIs() {
        assertThat(store().name()).isEqualTo("test");
        assertThat(store().engine()).isEqualTo(fixture().harness().provider().id());
        assertThat(store().kind()).isEqualTo(StoreKind.CACHE);
        assertThat(store().capabilities()).isEqualTo(fixture().harness().provider().capabilities(StoreKind.CACHE));
        assertThat(store().size()).isZero();
        assertThat(store().capacity()).isPositive();
    }

    @Test
    default void getReturnsWhatWasSet() {
        set("a", "1");
        assertThat(get("a")).contains("1");
        assertThat(store().getOrThrow("a")).isEqualTo(bytes("1"));
        assertThat(store().has("a")).isTrue();
        assertThat(store().get("b")).isEmpty();
        assertThat(store().has("b")).isFalse();
        assertThat(store().size()).isOne();
    }

    @Test
    default void setReplaces() {
        set("a", "1");
        set("a", "a longer value than before");
        assertThat(get("a")).contains("a longer value than before");
        set("a", "");
        assertThat(store().get("a")).hasValueSatisfying(value -> assertThat(value).isEmpty());
        assertThat(store().size()).isOne();
    }

    @Test
    default void deleteTellsWhetherThereWasSomething() {
        set("a", "1");
        assertThat(store().delete("a")).isTrue();
        assertThat(store().delete("a")).isFalse();
        assertThat(store().delete("never there")).isFalse();
        assertThat(store().get("a")).isEmpty();
        assertThat(store().size()).isZero();
    }

    @Test
    default void clearRemovesEverything() {
        for (int i = 0; i < 1000; i++) {
            set("k" + i, "v");
        }
        assertThat(store().size()).isEqualTo(1000);
        store().clear();
        assertThat(store().size()).isZero();
        assertThat(store().has("k1")).isFalse();
        set("k1", "again");
        assertThat(get("k1")).contains("again");
    }

    @Test
    default void arraysAreCopiedInAndOut() {
        byte[] value = bytes("value");
        store().set("a", value);
        value[0] = 'X';
        assertThat(get("a")).contains("value");
        store().getOrThrow("a")[0] = 'X';
        assertThat(get("a")).contains("value");
    }

    @Test
    default void manyKeysAreKeptApart() {
        for (int i = 0; i < 5000; i++) {
            set("key-" + i, "value-" + i);
        }
        for (int i = 0; i < 5000; i += 2) {
            assertThat(store().delete("key-" + i)).isTrue();
        }
        for (int i = 0; i < 5000; i++) {
            assertThat(get("key-" + i)).isEqualTo(i % 2 == 0 ? java.util.Optional.empty()
                    : java.util.Optional.of("value-" + i));
        }
        assertThat(store().size()).isEqualTo(2500);
    }

    @Test
    default void keysWithTheSameHashAreKeptApart() {
        // Pairs of texts with the same String.hashCode, and those of any length made of them.
        String[] twins = {"Aa", "BB"};
        for (int bits = 0; bits < 64; bits++) {
            StringBuilder key = new StringBuilder();
            for (int i = 0; i < 6; i++) {
                key.append(twins[bits >> i & 1]);
            }
            set(key.toString(), "" + bits);
        }
        assertThat(store().size()).isEqualTo(64);
        assertThat(get("AaAaAaAaAaAa")).contains("0");
        assertThat(get("BBBBBBBBBBBB")).contains("63");
    }

    @Test
    default void keysMayBeAnyText() {
        for (String key : List.of("ä", "日本語", "\0", "a b", " ", "🦡", "a/b:c*?[x]\\", "\n")) {
            set(key, key);
            assertThat(get(key)).as("key '%s'", key).contains(key);
        }
        assertThat(store().size()).isEqualTo(8);
    }

    @Test
    default void keysThatAreNoTextAreRefused() {
        for (String key : List.of("", "\ud800", "a\udc00b")) {
            failing(InvalidOperationException.class, ErrorCode.INVALID_ARGUMENT, () -> set(key, "v"));
            failing(InvalidOperationException.class, ErrorCode.INVALID_ARGUMENT, () -> store().get(key));
            failing(InvalidOperationException.class, ErrorCode.INVALID_ARGUMENT, () -> store().delete(key));
        }
        assertThat(store().size()).isZero();
    }

    @Test
    default void aMissingKeyIsNamedInTheError() {
        KeyNotFoundException error = failing(KeyNotFoundException.class, ErrorCode.KEY_NOT_FOUND,
                () -> store().getOrThrow("user:7"));
        assertThat(error.getMessage()).contains("user:7");
    }

    @Test
    default void readLendsTheBytes() {
        set("a", "value");
        Slice[] kept = new Slice[1];
        assertThat(store().<Integer>read("a", slice -> {
            kept[0] = slice;
            assertThat(slice.contentEquals(bytes("value"))).isTrue();
            return slice.length();
        })).contains(5);
        failing(ClosedException.class, ErrorCode.SCOPE_ENDED, () -> kept[0].get(0));
        assertThat(store().<Integer>read("absent", Slice::length)).isEmpty();
        IllegalStateException own = new IllegalStateException("mine");
        assertThat(catchThrowable(() -> store().read("a", slice -> {
            throw own;
        }))).isSameAs(own);
    }

    @Test
    default void valuesOfAllSizesComeBackWhole() {
        for (int length : new int[] {1, 7, 8, 63, 64, 65, 1000, 4096, 65_537, 300_000}) {
            if (length <= store().limits().maxValueBytes()) {
                store().set("v" + length, pattern(length, length));
                assertThat(store().getOrThrow("v" + length)).as("%d bytes", length)
                        .isEqualTo(pattern(length, length));
            }
        }
    }

    @Test
    default void anEntryThatIsTooLargeHarmsNobody() {
        long limit = store().limits().maxValueBytes();
        setAll("a", "b");
        if (limit <= 64 << 20) {
            LimitExceededException error = failing(LimitExceededException.class, ErrorCode.ENTRY_TOO_LARGE,
                    () -> store().set("a", new byte[(int) limit + 1]));
            assertThat(error.getMessage()).contains("" + limit);
        }
        long keyLimit = store().limits().maxKeyBytes();
        if (keyLimit <= 1 << 20) {
            failing(LimitExceededException.class, ErrorCode.ENTRY_TOO_LARGE,
                    () -> set("k".repeat((int) keyLimit + 1), "v"));
            set("k".repeat((int) keyLimit), "fits");
            assertThat(get("k".repeat((int) keyLimit))).contains("fits");
        }
        assertThat(get("a")).contains("a");
        assertThat(get("b")).contains("b");
    }

    @Test
    default void entriesShowsEverything() {
        set("a", "1");
        set("b", "2");
        try (Stream<CacheEntry> entries = store().entries()) {
            assertThat(entries.map(entry -> entry.key() + "=" + Bytes.text(entry.value())).toList())
                    .containsExactlyInAnyOrder("a=1", "b=2");
        }
    }

    @Test
    default void metadataTellsWhatIsKnown() {
        set("a", "12345");
        CacheEntryInfo info = store().metadata("a").orElseThrow();
        assertThat(info.key()).isEqualTo("a");
        assertThat(info.valueBytes()).isEqualTo(5);
        assertThat(info.memoryBytes()).isGreaterThanOrEqualTo(6);
        info.createdAt().ifPresent(at -> assertThat(at).isEqualTo(fixture().clock().instant()));
        assertThat(store().metadata("b")).isEmpty();
    }

    @Test
    default void warmUpKeepsWhatIsNewer() {
        set("a", "newer");
        long stored = store().warmUp(Stream.of(CacheEntry.of("a", bytes("older")), CacheEntry.of("b", bytes("2"))));
        assertThat(stored).isOne();
        assertThat(get("a")).contains("newer");
        assertThat(get("b")).contains("2");
    }

    @Test
    default void aViewWithATimeLimitIsTheSameCache() {
        if (!offers(Capability.DEADLINES)) {
            refuses(Capability.DEADLINES, () -> store().withTimeout(Duration.ofSeconds(5)));
            return;
        }
        CacheStore view = store().withTimeout(Duration.ofMinutes(1));
        view.set("a", bytes("1"));
        assertThat(get("a")).contains("1");
        assertThat(view.getOrThrow("a")).isEqualTo(bytes("1"));
        view.close();
        assertThat(store().isOpen()).as("closing the view does not close the cache").isTrue();
        assertThat(get("a")).contains("1");
        failing(InvalidOperationException.class, ErrorCode.INVALID_ARGUMENT,
                () -> store().withTimeout(Duration.ZERO));
    }
}
