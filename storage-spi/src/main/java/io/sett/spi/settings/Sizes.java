// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.settings;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sizes in bytes. Units are powers of two, with or without an i: "1GB" and "1GiB" are both 2^30, as the documents of
 * the storage layer mean them.
 */
public final class Sizes {

    private static final Pattern FORM = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*([a-zA-Z]*)");
    private static final Map<String, Integer> SHIFTS = Map.ofEntries(Map.entry("b", 0), Map.entry("byte", 0),
            Map.entry("bytes", 0), Map.entry("k", 10), Map.entry("kb", 10), Map.entry("kib", 10), Map.entry("m", 20),
            Map.entry("mb", 20), Map.entry("mib", 20), Map.entry("g", 30), Map.entry("gb", 30), Map.entry("gib", 30),
            Map.entry("t", 40), Map.entry("tb", 40), Map.entry("tib", 40));

    private Sizes() {
    }

    /**
     * Reads a size.
     *
     * @param raw a number or a text such as "64MB"
     * @param unit bytes that a number without a unit stands for
     * @throws IllegalArgumentException when it is not a size
     */
    public static long parse(Object raw, long unit) {
        Matcher matcher = FORM.matcher(String.valueOf(raw).trim());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("a size such as 67108864 or \"64MB\" (1MB = 1048576 bytes)");
        }
        String suffix = matcher.group(2).toLowerCase(Locale.ROOT);
        if (!suffix.isEmpty() && !SHIFTS.containsKey(suffix)) {
            throw new IllegalArgumentException("a size with one of the units B, KB, MB, GB, TB (powers of 1024)");
        }
        long factor = suffix.isEmpty() ? unit : 1L << SHIFTS.get(suffix);
        try {
            return new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(factor)).longValueExact();
        } catch (ArithmeticException inexact) {
            throw new IllegalArgumentException("a whole number of bytes below 2^63", inexact);
        }
    }

    /** A size in the largest unit that shows it exactly: "64MB". */
    public static String format(long bytes) {
        String[] units = {"B", "KB", "MB", "GB", "TB"};
        int unit = 0;
        long rest = bytes;
        while (unit < units.length - 1 && rest != 0 && rest % 1024 == 0) {
            rest /= 1024;
            unit++;
        }
        return rest + units[unit];
    }
}
