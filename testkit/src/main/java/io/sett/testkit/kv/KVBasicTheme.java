// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.kv;

import static io.sett.testkit.Bytes.bytes;
import static io.sett.testkit.Bytes.pattern;
import static io.sett.testkit.Bytes.raw;
import static io.sett.testkit.Bytes.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.common.KeyRange;
import io.sett.api.common.Slice;
import io.sett.api.common.StoreKind;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.error.KeyNotFoundException;
import io.sett.api.error.UnsupportedFeatureException;
import io.sett.api.kv.KVEntry;
import io.sett.api.kv.KVStore;
import io.sett.testkit.Theme;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Single reads and writes. */
@Theme("basic")
public interface KVBasicTheme extends KVTheme {

    @Test
    default void aStoreKnowsWhatItIs() {
        KVStore store = store();
        assertThat(store.name()).isEqualTo("test");
        assertThat(store.engine()).isEqualTo(fixture().harness().provider().id());
        assertThat(store.kind()).isEqualTo(StoreKind.KEY_VALUE);
        assertThat(store.isOpen()).isTrue();
    }

    @Test
    default void aNewStoreIsEmpty() {
        assertThat(store().get(bytes("a"))).isEmpty();
        assertThat(store().has(bytes("a"))).isFalse();
        assertThat(store().count(new byte[0])).isZero();
        assertThat(content(store())).isEmpty();
    }

    @Test
    default void getReturnsWhatWasPut() {
        store().put(bytes("key"), bytes("value"));
        assertThat(text(store().get(bytes("key")))).contains("value");
        assertThat(store().has(bytes("key"))).isTrue();
        assertThat(store().getOrThrow(bytes("key"))).isEqualTo(bytes("value"));
    }

    @Test
    default void anEmptyValueIsNotAMissingOne() {
        store().put(bytes("empty"), new byte[0]);
        assertThat(store().get(bytes("empty"))).hasValueSatisfying(value -> assertThat(value).isEmpty());
        assertThat(store().has(bytes("empty"))).isTrue();
        assertThat(store().count(bytes("empty"))).isOne();
    }

    @Test
    default void putReplaces() {
        fill("k", "one", "k", "two", "k", "three");
        assertThat(get(store(), "k")).contains("three");
        assertThat(store().count(new byte[0])).isOne();
    }

    @Test
    default void deleteRemovesAndIsIdempotent() {
        fill("k", "v");
        store().delete(bytes("k"));
        assertThat(store().get(bytes("k"))).isEmpty();
        assertThat(store().has(bytes("k"))).isFalse();
        store().delete(bytes("k"));
        store().delete(bytes("never there"));
        assertThat(content(store())).isEmpty();
    }

    @Test
    default void aDeletedKeyCanBePutAgain() {
        fill("k", "v");
        store().delete(bytes("k"));
        fill("k", "w");
        assertThat(get(store(), "k")).contains("w");
    }

    @Test
    default void argumentsAreCopied() {
        byte[] key = bytes("key");
        byte[] value = bytes("value");
        store().put(key, value);
        key[0] = 'X';
        value[0] = 'X';
        assertThat(content(store())).containsExactly("key=value");
    }

    @Test
    default void resultsBelongToTheCaller() {
        fill("key", "value");
        byte[] first = store().getOrThrow(bytes("key"));
        first[0] = 'X';
        assertThat(get(store(), "key")).contains("value");
    }

    @Test
    default void keysMayHoldAnyBytes() {
        Map<byte[], byte[]> all = new LinkedHashMap<>();
        for (int i = 0; i < 256; i++) {
            all.put(raw(i), raw(i, 1));
            all.put(raw(0, i), raw(i, 2));
            all.put(raw(255, i), raw(i, 3));
        }
        store().putMany(all);
        all.forEach((key, value) -> assertThat(store().getOrThrow(key)).isEqualTo(value));
        assertThat(store().count(new byte[0])).isEqualTo(768);
    }

    @Test
    default void prefixesOfAKeyAreOtherKeys() {
        fillKeys("a", "aa", "aaa", "a\0", "a\0\0");
        assertThat(get(store(), "a")).contains("a");
        assertThat(get(store(), "a\0")).contains("a\0");
        store().delete(bytes("aa"));
        assertThat(content(store())).containsExactly("a=a", "a\0=a\0", "a\0\0=a\0\0", "aaa=aaa");
    }

    @Test
    default void largeValuesComeBackWhole() {
        for (int length : new int[] {31, 32, 33, 1023, 4095, 4096, 4097, 65_535, 65_536, 1 << 20}) {
            if (length <= store().limits().maxValueBytes()) {
                byte[] value = pattern(length, length);
                store().put(bytes("v" + length), value);
                assertThat(store().getOrThrow(bytes("v" + length))).as("%d bytes", length).isEqualTo(value);
            }
        }
    }

    @Test
    default void anEmptyKeyIsRefused() {
        byte[] none = new byte[0];
        failing(InvalidOperationException.class, ErrorCode.INVALID_ARGUMENT, () -> store().put(none, bytes("v")));
        failing(InvalidOperationException.class, ErrorCode.INVALID_ARGUMENT, () -> store().delete(none));
        assertThat(content(store())).isEmpty();
    }

    @Test
    default void aMissingKeyIsNamedInTheError() {
        KeyNotFoundException error = failing(KeyNotFoundException.class, ErrorCode.KEY_NOT_FOUND,
                () -> store().getOrThrow(raw(0xca, 0xfe)));
        assertThat(error.getMessage()).contains("cafe");
    }

    @Test
    default void readHandsOutTheBytesOnlyForTheCall() {
        fill("k", "value");
        Slice[] kept = new Slice[1];
        Optional<String> read = store().read(bytes("k"), slice -> {
            kept[0] = slice;
            return slice.toString(java.nio.charset.StandardCharsets.UTF_8);
        });
        assertThat(read).contains("value");
        assertThat(kept[0].isAlive()).as("the slice after the function returned").isFalse();
        failing(io.sett.api.error.ClosedException.class, ErrorCode.SCOPE_ENDED, () -> kept[0].get(0));
        assertThat(store().read(bytes("absent"), Slice::length)).isEmpty();
    }

    @Test
    default void whatAReaderFunctionThrowsReachesTheCaller() {
        fill("k", "value");
        IllegalStateException own = new IllegalStateException("mine");
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> store().read(bytes("k"), slice -> {
            throw own;
        }))).isSameAs(own);
        assertThat(get(store(), "k")).contains("value");
    }

    @Test
    default void getManyAnswersInTheOrderAsked() {
        fill("a", "1", "b", "2", "c", "3");
        List<Optional<byte[]>> values =
                store().getMany(List.of(bytes("c"), bytes("x"), bytes("a"), bytes("c"), bytes("y")));
        assertThat(values.stream().map(value -> text(value).orElse("-")))
                .containsExactly("3", "-", "1", "3", "-");
        assertThat(store().getMany(List.of())).isEmpty();
    }

    @Test
    default void putManyAndDeleteManyTakeAllKeys() {
        Map<byte[], byte[]> entries = new LinkedHashMap<>();
        entries.put(bytes("a"), bytes("1"));
        entries.put(bytes("b"), bytes("2"));
        entries.put(bytes("c"), bytes("3"));
        store().putMany(entries);
        assertThat(content(store())).containsExactly("a=1", "b=2", "c=3");
        store().deleteMany(List.of(bytes("a"), bytes("c"), bytes("absent")));
        assertThat(content(store())).containsExactly("b=2");
    }

    @Test
    default void slicesCanBePut() {
        store().put(Slice.of(bytes("xkeyx"), 1, 3), Slice.of(bytes("xvaluex"), 1, 5));
        assertThat(get(store(), "key")).contains("value");
    }

    @Test
    default void countIsExact() {
        for (int i = 0; i < 300; i++) {
            fill(String.format("p%03d", i), "v", String.format("q%03d", i), "v");
        }
        for (int i = 0; i < 300; i += 3) {
            store().delete(bytes(String.format("p%03d", i)));
        }
        assertThat(store().count(bytes("p"))).isEqualTo(200);
        assertThat(store().count(bytes("q"))).isEqualTo(300);
        assertThat(store().count(bytes("p00"))).isEqualTo(6);
        assertThat(store().count(KeyRange.of(bytes("q010"), bytes("q020")))).isEqualTo(10);
        assertThat(store().count(bytes("r"))).isZero();
        assertThat(store().estimateCount(KeyRange.all())).isNotNegative();
    }

    @Test
    default void entryShowsEverything() {
        fill("k", "v");
        KVEntry entry = store().entry(bytes("k")).orElseThrow();
        assertThat(entry.key()).isEqualTo(bytes("k"));
        assertThat(entry.value()).isEqualTo(bytes("v"));
        assertThat(entry.version()).isPositive();
        assertThat(entry.expiresAt()).isEmpty();
        assertThat(entry.metadata()).isZero();
        assertThat(entry.deletion()).isFalse();
        assertThat(store().entry(bytes("absent"))).isEmpty();
    }

    @Test
    default void versionsGrowWithEachCommit() {
        long before = store().version();
        fill("a", "1");
        long first = store().entry(bytes("a")).orElseThrow().version();
        fill("b", "2");
        long second = store().entry(bytes("b")).orElseThrow().version();
        store().delete(bytes("a"));
        assertThat(first).isGreaterThan(before);
        assertThat(second).isGreaterThan(first);
        assertThat(store().version()).isGreaterThan(second);
        assertThat(store().entry(bytes("b")).orElseThrow().version()).isEqualTo(second);
    }

    @Test
    default void sizeIsKnown() {
        for (int i = 0; i < 100; i++) {
            store().put(bytes("key" + i), pattern(1000, i));
        }
        assertThat(store().size()).isGreaterThanOrEqualTo(0);
    }

    @Test
    default void unwrapRefusesWhatItIsNot() {
        assertThat(store().unwrap(KVStore.class)).isNotNull();
        UnsupportedFeatureException error =
                failing(UnsupportedFeatureException.class, () -> store().unwrap(java.util.BitSet.class));
        assertThat(error.getMessage()).contains("java.util.BitSet");
    }
}
