// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Horizontal bars in groups, on a logarithmic scale around 1, as an SVG file: for ratios, where 2 and a half are as far
 * from equal.
 */
public final class BarChart {

    private static final int LEFT = 150;
    private static final int WIDTH = 800;
    private static final int BAR = 11;
    private static final int GAP = 9;
    private static final List<String> COLOURS = List.of("#1b6ca8", "#8fb8d6", "#c0392b", "#e39b2f", "#6b8e23",
            "#8e6bb0", "#777777", "#3aa6a0", "#b97a57");

    private final String title;
    private final List<String> series;
    private final Map<String, Map<String, Double>> groups = new LinkedHashMap<>();

    /** An empty chart of these series. */
    public BarChart(String title, List<String> series) {
        this.title = title;
        this.series = series;
    }

    /** Adds a bar; values that are not positive are left out. */
    public void add(String group, String name, double value) {
        if (value > 0) {
            groups.computeIfAbsent(group, g -> new LinkedHashMap<>()).put(name, value);
        }
    }

    /** Writes the file. */
    public void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, svg());
    }

    private String svg() {
        double reach = groups.values().stream().flatMap(group -> group.values().stream())
                .mapToDouble(value -> Math.abs(Math.log(value))).max().orElse(1);
        double limit = Math.max(Math.log(4), reach * 1.08);
        double middle = LEFT + (WIDTH - LEFT) / 2.0;
        double scale = (WIDTH - LEFT - 70) / 2.0 / limit;
        StringBuilder body = new StringBuilder();
        int y = 58;
        for (Map.Entry<String, Map<String, Double>> group : groups.entrySet()) {
            text(body, LEFT - 8, y + BAR * group.getValue().size() / 2.0 + 4, "end", group.getKey());
            for (String name : series) {
                Double value = group.getValue().get(name);
                if (value != null) {
                    bar(body, middle, y, Math.log(value) * scale, COLOURS.get(series.indexOf(name) % COLOURS.size()),
                            value);
                    y += BAR;
                }
            }
            y += GAP;
        }
        return head(y, middle, scale, limit) + body + "</svg>\n";
    }

    private String head(int height, double middle, double scale, double limit) {
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(Locale.ROOT, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
                + "font-family=\"sans-serif\" font-size=\"11\">%n<rect width=\"100%%\" height=\"100%%\" "
                + "fill=\"white\"/>%n", WIDTH, height + 6));
        svg.append(String.format(Locale.ROOT, "<text x=\"8\" y=\"16\" font-size=\"13\">%s</text>%n", title));
        double x = 8;
        for (String name : series) {
            svg.append(String.format(Locale.ROOT, "<rect x=\"%.0f\" y=\"25\" width=\"10\" height=\"10\" "
                    + "fill=\"%s\"/>%n", x, COLOURS.get(series.indexOf(name) % COLOURS.size())));
            text(svg, x + 14, 34, "start", name);
            x += 30 + 6.5 * name.length();
        }
        for (double mark : new double[] {0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32}) {
            if (Math.abs(Math.log(mark)) <= limit) {
                double at = middle + Math.log(mark) * scale;
                svg.append(String.format(Locale.ROOT, "<line x1=\"%.1f\" y1=\"52\" x2=\"%.1f\" y2=\"%d\" "
                        + "stroke=\"%s\"/>%n", at, at, height, mark == 1 ? "#555" : "#ddd"));
                text(svg, at, 49, "middle", mark < 1 ? String.format(Locale.ROOT, "%.2g", mark)
                        : String.format(Locale.ROOT, "%.0f", mark));
            }
        }
        return svg.toString();
    }

    private static void bar(StringBuilder svg, double middle, int y, double length, String colour, double value) {
        svg.append(String.format(Locale.ROOT, "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
                length < 0 ? middle + length : middle, y, Math.max(1, Math.abs(length)), BAR - 2, colour));
        text(svg, middle + length + (length < 0 ? -3 : 3), y + 8, length < 0 ? "end" : "start",
                String.format(Locale.ROOT, "%.2f", value));
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String words) {
        svg.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y,
                anchor, words));
    }
}
