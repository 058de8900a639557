// SPDX-License-Identifier: Apache-2.0
package io.sett.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sett.api.error.InvalidOperationException;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {

    @ParameterizedTest
    @CsvSource({"user:*,user:7,true", "user:*,users:7,false", "*,a/b,true", "a*c,a/b/c,true", "a?c,abc,true",
        "a?c,ac,false", "[a-c]x,bx,true", "[a-c]x,dx,false", "[!a-c]x,dx,true", "[!a-c]x,bx,false", "[]]x,]x,true",
        "\\*x,*x,true", "\\*x,ax,false", "**a**b,xaxb,true", "abc,abc,true", "abc,abcd,false", "a*,a,true"})
    void matchesAsDocumented(String pattern, String name, boolean expected) {
        assertThat(Glob.of(pattern).matches(name)).isEqualTo(expected);
    }

    @Test
    void theEmptyPatternMatchesEverything() {
        assertThat(Glob.of("").matches("anything")).isTrue();
        assertThat(Glob.of("").matchesAll()).isTrue();
        assertThat(Glob.of("user:[a-z]*").literalPrefix()).isEqualTo("user:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[abc", "abc\\", "[!"})
    void openSetsAndLastBackslashesAreRefused(String pattern) {
        assertThatThrownBy(() -> Glob.of(pattern)).isInstanceOf(InvalidOperationException.class)
                .hasMessageContaining("index");
    }

    @Test
    void aHostilePatternTakesFewSteps() {
        String name = "a".repeat(20_000);
        assertThat(Glob.of("*a".repeat(12) + "*b").matches(name)).isFalse();
        assertThat(Glob.of("*a".repeat(1000) + "b").matches("a".repeat(2000))).isFalse();
    }

    @Test
    void agreesWithARegularExpressionOnRandomPatterns() {
        long seed = Long.getLong("sett.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            String pattern = random(random, "ab*?", 6);
            String name = random(random, "ab", 8);
            String regex = pattern.replace("*", ".*").replace("?", ".");
            boolean expected = pattern.isEmpty() || Pattern.matches(regex, name);
            assertThat(Glob.of(pattern).matches(name)).as("seed %d: %s ~ %s", seed, pattern, name).isEqualTo(expected);
        }
    }

    private static String random(Random random, String alphabet, int longest) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(longest + 1); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
