// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sett.examples.ledger.load.LoadListener;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Numbers, tables and the progress bar. */
class ReportPartsTest {
    @Test
    void coins() {
        assertThat(Figures.coins(0)).isEqualTo("0 BTC");
        assertThat(Figures.coins(1)).isEqualTo("0.00000001 BTC");
        assertThat(Figures.coins(1_250_000_000L)).isEqualTo("12.5 BTC");
        assertThat(Figures.coins(5_000_000_000L)).isEqualTo("50 BTC");
        assertThat(Figures.coins(2_100_000_000_000_000L)).isEqualTo("21000000 BTC");
    }

    @Test
    void timesAndCounts() {
        assertThat(Figures.count(1_234_567)).isEqualTo("1,234,567");
        assertThat(Figures.seconds(Duration.ofMillis(1500))).isEqualTo("1.500 s");
        assertThat(Figures.perCall(Duration.ZERO, 0)).isEqualTo("-");
        assertThat(Figures.perCall(Duration.ofNanos(24_600), 2)).isEqualTo("12.3 µs");
        assertThat(Figures.perCall(Duration.ofMillis(5), 2)).isEqualTo("2.50 ms");
    }

    @Test
    void columnsAreAligned() {
        TextTable table = new TextTable(1, "name", "count");
        table.add("a", "1,000");
        table.add("longer", "7");
        StringWriter text = new StringWriter();
        table.print(new PrintWriter(text, true));

        assertThat(text.toString().lines()).containsExactly("  name    count", "  a       1,000", "  longer      7");
        assertThatIllegalArgumentException().isThrownBy(() -> table.add("one"));
    }

    @Test
    void whatCanBeLookedUp() {
        assertThat(LookupReport.isQuery("170")).isTrue();
        assertThat(LookupReport.isQuery("00AB")).isTrue();
        assertThat(LookupReport.isQuery("f".repeat(64))).isTrue();
        assertThat(LookupReport.isQuery("f".repeat(65))).isFalse();
        assertThat(LookupReport.isQuery("")).isFalse();
        assertThat(LookupReport.isQuery("xyz")).isFalse();
        assertThat(LookupReport.isQuery("-1")).isFalse();
    }

    @Test
    void theProgressBarShowsItsPhaseAndReachesTheEnd() {
        ConcurrentLinkedQueue<String> screen = new ConcurrentLinkedQueue<>();
        ProgressDisplay display = new ProgressDisplay(screen::add);

        display.begins("Checking", 2048);
        display.advances(1024);
        display.advances(1024);
        display.ends();

        String shown = screen.stream().collect(Collectors.joining());
        assertThat(shown).contains("Checking").contains("100%").endsWith(System.lineSeparator());
    }

    @Test
    void withoutATerminalNothingIsShown() {
        assertThat(ProgressDisplay.on(System.err)).isSameAs(LoadListener.NONE);
    }
}
