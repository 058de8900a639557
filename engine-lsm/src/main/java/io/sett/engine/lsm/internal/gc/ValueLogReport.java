// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.gc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What is alive in the value log, file by file. Immutable.
 *
 * @param segments the files, by number
 * @param threshold dead part of a file from which on it is collected by itself
 */
public record ValueLogReport(List<SegmentState> segments, double threshold) {

    /** Copies the list. */
    public ValueLogReport {
        segments = List.copyOf(segments);
    }

    /** Bytes of all files. */
    public long bytes() {
        return segments.stream().mapToLong(SegmentState::size).sum();
    }

    /** Bytes that are alive. */
    public long liveBytes() {
        return segments.stream().mapToLong(SegmentState::liveBytes).sum();
    }

    /** Bytes that a collection by hand would free, as far as tables are merged already. */
    public long freedByARun() {
        return ValueLogGcPolicy.untilLittleIsDead(segments).stream().mapToLong(SegmentState::deadBytes).sum();
    }

    /** One line for each file: how much of it is alive, and why it is still there. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (SegmentState segment : segments) {
            lines.add(String.format(Locale.ROOT,
                    "value-log file %d: %d bytes, %d alive in %d values, %d dead (%.1f %%): %s", segment.id(),
                    segment.size(), segment.liveBytes(), segment.liveValues(), segment.deadBytes(),
                    segment.deadShare() * 100, ValueLogGcPolicy.reasonToKeep(segment, threshold)));
        }
        return lines;
    }

    /** A table for people. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT,
                "  value log %d files, %d bytes, %d alive; a collection would free %d%n", segments.size(), bytes(),
                liveBytes(), freedByARun()));
        if (!segments.isEmpty()) {
            text.append("    file          bytes           live         values           dead   dead %")
                    .append("  why it stays\n");
        }
        for (SegmentState segment : segments) {
            text.append(String.format(Locale.ROOT, "  %6d  %13d  %13d  %13d  %13d  %6.1f  %s%n", segment.id(),
                    segment.size(), segment.liveBytes(), segment.liveValues(), segment.deadBytes(),
                    segment.deadShare() * 100, ValueLogGcPolicy.reasonToKeep(segment, threshold)));
        }
        return text.toString();
    }
}
