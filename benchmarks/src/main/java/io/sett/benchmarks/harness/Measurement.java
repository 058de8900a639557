// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.harness;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/**
 * The figures of one phase of one peer. As a line of text: {@code phase figure=number figure=number …}, with the peer
 * and the round in front in files.
 *
 * @param phase what was measured, without spaces
 * @param figures by name, in the order of the line
 */
public record Measurement(String phase, Map<String, Double> figures) {

    /** Marks the lines that a measuring process prints for the one that started it. */
    public static final String MARK = "RESULT ";

    /** A figure, 0 when it was not measured. */
    public double figure(String name) {
        return figures.getOrDefault(name, 0.0);
    }

    /** Tells it to whoever started this process. */
    public void print() {
        System.out.println(MARK + line());
    }

    /** As a line. */
    public String line() {
        StringJoiner line = new StringJoiner(" ");
        line.add(phase);
        figures.forEach((name, value) -> line.add(name + "=" + shown(value)));
        return line.toString();
    }

    private static String shown(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value)
                : String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.4f" : "%.2f", value);
    }

    /** Reads a line. */
    public static Measurement parse(String line) {
        String[] words = line.trim().split(" ");
        Map<String, Double> figures = new LinkedHashMap<>();
        for (int i = 1; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            figures.put(words[i].substring(0, equals), Double.parseDouble(words[i].substring(equals + 1)));
        }
        return new Measurement(words[0], figures);
    }
}
