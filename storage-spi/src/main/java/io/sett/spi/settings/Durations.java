// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.settings;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as the documents write them: "10m", "100ms", "1h30m", "7d"; a number alone is milliseconds. */
public final class Durations {

    private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*(ns|us|µs|ms|s|m|h|d)");
    private static final Map<String, Long> NANOS = new LinkedHashMap<>();

    static {
        NANOS.put("d", 86_400_000_000_000L);
        NANOS.put("h", 3_600_000_000_000L);
        NANOS.put("m", 60_000_000_000L);
        NANOS.put("s", 1_000_000_000L);
        NANOS.put("ms", 1_000_000L);
        NANOS.put("us", 1_000L);
        NANOS.put("ns", 1L);
    }

    private Durations() {
    }

    /**
     * Reads a duration.
     *
     * @throws IllegalArgumentException when it is not one
     */
    public static Duration parse(Object raw) {
        if (raw instanceof Duration duration) {
            return duration;
        }
        String text = String.valueOf(raw).trim();
        try {
            if (text.matches("-?[0-9]+")) {
                return Duration.ofMillis(Long.parseLong(text));
            }
            Matcher matcher = PART.matcher(text);
            Duration sum = Duration.ZERO;
            int end = 0;
            while (end < text.length() && matcher.find(end) && matcher.start() == end) {
                long unit = NANOS.get(matcher.group(2).replace('µ', 'u'));
                sum = sum.plus(nanos(matcher.group(1), unit));
                end = matcher.end();
            }
            if (end == text.length() && end > 0) {
                return sum;
            }
        } catch (ArithmeticException tooLong) {
            throw new IllegalArgumentException("a duration below 292 years", tooLong);
        }
        throw new IllegalArgumentException("a duration such as \"100ms\", \"10s\", \"5m\", \"1h30m\" or \"7d\"");
    }

    private static Duration nanos(String number, long unit) {
        java.math.BigDecimal nanos = new java.math.BigDecimal(number).multiply(java.math.BigDecimal.valueOf(unit));
        return Duration.ofNanos(nanos.toBigInteger().longValueExact());
    }

    /** A duration in the fewest units: "1h30m". */
    public static String format(Duration duration) {
        if (duration.isZero()) {
            return "0s";
        }
        StringBuilder text = new StringBuilder();
        long rest = duration.toNanos();
        for (Map.Entry<String, Long> unit : NANOS.entrySet()) {
            long count = rest / unit.getValue();
            if (count > 0) {
                text.append(count).append(unit.getKey());
                rest -= count * unit.getValue();
            }
        }
        return text.toString();
    }
}
