// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.testkit.Theme;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Patterns over keys. */
@Theme("patterns")
public interface CachePatternTheme extends CacheTheme {

    private List<String> matching(String pattern) {
        return store().keys(pattern).stream().sorted().toList();
    }

    @Test
    default void patternsMatchWholeKeys() {
        if (hasPatterns()) {
            setAll("user:1", "user:2", "user:10", "users", "session:1", "a/b/c", "a*b", "日本");
            assertThat(matching("user:*")).containsExactly("user:1", "user:10", "user:2");
            assertThat(matching("user:?")).containsExactly("user:1", "user:2");
            assertThat(matching("user")).isEmpty();
            assertThat(matching("*1*")).containsExactly("session:1", "user:1", "user:10");
            assertThat(matching("a*c")).as("a star crosses slashes").containsExactly("a/b/c");
            assertThat(matching("user:[12]")).containsExactly("user:1", "user:2");
            assertThat(matching("user:[!1]")).containsExactly("user:2");
            assertThat(matching("user:[0-1]*")).containsExactly("user:1", "user:10");
            assertThat(matching("a\\*b")).as("a backslash takes the next character literally").containsExactly("a*b");
            assertThat(matching("??")).containsExactly("日本");
            assertThat(matching("")).hasSize(8);
            assertThat(matching("*")).hasSize(8);
            assertThat(store().countByPattern("user*")).isEqualTo(4);
        }
    }

    @Test
    default void deletingByPatternTellsHowMany() {
        if (hasPatterns()) {
            setAll("user:1", "user:2", "session:1");
            assertThat(store().deleteByPattern("user:*")).isEqualTo(2);
            assertThat(store().deleteByPattern("user:*")).isZero();
            assertThat(matching("")).containsExactly("session:1");
        }
    }

    @Test
    default void brokenPatternsAreRefused() {
        if (hasPatterns()) {
            set("a", "1");
            for (String pattern : List.of("[a", "a\\", "[")) {
                failing(InvalidOperationException.class, ErrorCode.INVALID_ARGUMENT, () -> store().keys(pattern));
                failing(InvalidOperationException.class, ErrorCode.INVALID_ARGUMENT,
                        () -> store().deleteByPattern(pattern));
            }
            assertThat(store().size()).isOne();
        }
    }

    @Test
    default void patternsThatBacktrackEndSoon() {
        if (hasPatterns()) {
            set("a".repeat(200), "1");
            assertThat(matching("*a".repeat(40) + "b")).isEmpty();
            assertThat(matching("*a".repeat(40) + "*")).hasSize(1);
        }
    }

    @Test
    default void aStreamMeetsWhatIsThereExactlyOnce() {
        if (hasPatterns()) {
            for (int i = 0; i < 500; i++) {
                set("stays" + i, "1");
            }
            int met = 0;
            try (Stream<String> keys = store().keyStream("stays*")) {
                var iterator = keys.iterator();
                for (int i = 0; iterator.hasNext(); i++) {
                    assertThat(iterator.next()).startsWith("stays");
                    set("comes" + i, "1");
                    store().delete("comes" + (i - 3));
                    met++;
                }
            }
            assertThat(met).isEqualTo(500);
        }
    }
}
