// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormsTest {

    @ParameterizedTest
    @CsvSource({"0,0", "1024,1024", "1kb,1024", "100MB,104857600", "1GB,1073741824", "1GiB,1073741824",
        "1.5 MB,1572864", "2t,2199023255552"})
    void sizesArePowersOfTwo(String text, long bytes) {
        assertThat(Sizes.parse(text, 1)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1 parsec", "MB", "1.0001", "99999999999TB"})
    void otherTextsAreNoSizes(String text) {
        assertThatThrownBy(() -> Sizes.parse(text, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sizesAreWrittenInTheLargestExactUnit() {
        assertThat(List.of(Sizes.format(0), Sizes.format(1023), Sizes.format(1 << 20), Sizes.format(3L << 30)))
                .containsExactly("0B", "1023B", "1MB", "3GB");
    }

    @ParameterizedTest
    @CsvSource({"10m,PT10M", "5s,PT5S", "100ms,PT0.1S", "1h30m,PT1H30M", "7d,PT168H", "250,PT0.25S", "0,PT0S",
        "20us,PT0.00002S", "1.5s,PT1.5S"})
    void durationsAreReadAsDocumented(String text, Duration expected) {
        assertThat(Durations.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "m", "10 weeks", "1h 30", "h1", "400000000d"})
    void otherTextsAreNoDurations(String text) {
        assertThatThrownBy(() -> Durations.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void durationsAreWrittenAsTheyAreRead() {
        for (String text : List.of("1h30m", "100ms", "7d", "1d1s", "0s", "20us")) {
            assertThat(Durations.format(Durations.parse(text))).isEqualTo(text);
        }
    }

    @Test
    void theClosestSpellingIsFoundAndDistantWordsAreNot() {
        List<String> known = List.of("gc_interval", "gc_threshold", "path");
        assertThat(Spelling.closest("gc_intervall", known)).contains("gc_interval");
        assertThat(Spelling.closest("pth", known)).contains("path");
        assertThat(Spelling.closest("compression", known)).isEmpty();
    }
}
