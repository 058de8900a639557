// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.kv;

import static io.sett.testkit.Bytes.bytes;
import static io.sett.testkit.Bytes.number;
import static io.sett.testkit.Bytes.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.testkit.Theme;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Read-and-write steps on one key. */
@Theme("atomics")
public interface KVAtomicsTheme extends KVTheme {

    @Test
    default void compareAndSetComparesTheValue() {
        fill("a", "1");
        assertThat(store().compareAndSet(bytes("a"), bytes("0"), bytes("2"))).isFalse();
        assertThat(get(store(), "a")).contains("1");
        assertThat(store().compareAndSet(bytes("a"), bytes("1"), bytes("2"))).isTrue();
        assertThat(get(store(), "a")).contains("2");
        assertThat(store().compareAndSet(bytes("absent"), new byte[0], bytes("2"))).isFalse();
        assertThat(get(store(), "absent")).isEmpty();
    }

    @Test
    default void putIfAbsentKeepsWhatIsThere() {
        assertThat(store().putIfAbsent(bytes("a"), bytes("1"))).isEmpty();
        assertThat(text(store().putIfAbsent(bytes("a"), bytes("2")))).contains("1");
        assertThat(get(store(), "a")).contains("1");
        store().put(bytes("empty"), new byte[0]);
        assertThat(store().putIfAbsent(bytes("empty"), bytes("2"))).isPresent();
        store().delete(bytes("a"));
        assertThat(store().putIfAbsent(bytes("a"), bytes("3"))).isEmpty();
        assertThat(get(store(), "a")).contains("3");
    }

    @Test
    default void getAndSetReturnsTheValueBefore() {
        assertThat(store().getAndSet(bytes("a"), bytes("1"))).isEmpty();
        assertThat(text(store().getAndSet(bytes("a"), bytes("2")))).contains("1");
        assertThat(get(store(), "a")).contains("2");
    }

    @Test
    default void incrementCounts() {
        assertThat(store().increment(bytes("n"), 5)).isEqualTo(5);
        assertThat(store().increment(bytes("n"), -7)).isEqualTo(-2);
        assertThat(store().increment(bytes("n"), 0)).isEqualTo(-2);
        assertThat(number(store().getOrThrow(bytes("n")))).isEqualTo(-2);
        store().put(bytes("max"), number(Long.MAX_VALUE));
        assertThat(store().increment(bytes("max"), 1)).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    default void incrementRefusesWhatIsNoNumber() {
        fill("a", "text");
        InvalidOperationException error = failing(InvalidOperationException.class, ErrorCode.VALUE_TYPE_MISMATCH,
                () -> store().increment(bytes("a"), 1));
        assertThat(error.getMessage()).contains("8 bytes").contains("4 bytes");
        assertThat(get(store(), "a")).contains("text");
    }

    @Test
    default void mergeReplacesOrDeletes() {
        assertThat(text(store().merge(bytes("a"), value -> Optional.of(bytes("first"))))).contains("first");
        assertThat(text(store().merge(bytes("a"), value -> Optional.of(bytes(text(value).orElse("") + "!")))))
                .contains("first!");
        assertThat(store().merge(bytes("a"), value -> Optional.empty())).isEmpty();
        assertThat(store().has(bytes("a"))).isFalse();
    }
}
