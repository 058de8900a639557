// SPDX-License-Identifier: Apache-2.0
package io.sett.examples.ledger.report;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;

/** Numbers for people, the same in every locale. */
final class Figures {
    private static final int SATOSHI_DIGITS = 8;

    private Figures() {
    }

    /** 1,234,567. */
    static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** Satoshi as coins: 12.5 BTC. */
    static String coins(long satoshi) {
        BigDecimal coins = BigDecimal.valueOf(satoshi, SATOSHI_DIGITS).stripTrailingZeros();
        return (coins.scale() < 0 ? coins.setScale(0) : coins).toPlainString() + " BTC";
    }

    /** 1.234 s. */
    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3f s", time.toNanos() / 1e9);
    }

    /** Time for one call: 12.3 µs or 1.23 ms. */
    static String perCall(Duration total, long calls) {
        if (calls == 0) {
            return "-";
        }
        double micros = total.toNanos() / 1e3 / calls;
        return micros < 1000
                ? String.format(Locale.ROOT, "%.1f µs", micros)
                : String.format(Locale.ROOT, "%.2f ms", micros / 1000);
    }
}
