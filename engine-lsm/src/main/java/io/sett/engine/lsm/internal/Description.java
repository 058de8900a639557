// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import io.sett.api.common.LatencySummary;
import io.sett.api.common.Metrics;
import io.sett.engine.lsm.internal.compaction.Compaction;
import io.sett.engine.lsm.internal.version.LevelState;
import io.sett.engine.lsm.internal.version.Version;
import java.util.Locale;
import java.util.Map;

/** The inner state of a store as text: one table for levels, compactions, latencies and the value log each. */
final class Description {

    private final OpenStore store;
    private final Metrics metrics;
    private final StringBuilder text = new StringBuilder(2048);

    private Description(OpenStore store) {
        this.store = store;
        this.metrics = store.metrics();
    }

    static String of(OpenStore store) {
        Description description = new Description(store);
        description.head();
        description.levels();
        description.compactions();
        description.latencies();
        description.valueLog();
        description.hints();
        return description.text.toString();
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private void head() {
        line("store '%s', engine badger, %s, health %s", store.arguments().store(), store.config().directory(),
                store.health().now().status());
        line("  memtable %d bytes, %d waiting; version %d, oldest reader %d", store.views().current().active().bytes(),
                store.views().current().immutableCount(), store.oracle().visible(), store.oracle().oldestReader());
        line("  amplification: write %.2f, read %.2f, space %.2f; cache hit rate %.3f, filter false positives %.4f",
                metrics.gauge("write_amplification"), metrics.gauge("read_amplification"),
                metrics.gauge("space_amplification"), metrics.gauge("cache_hit_rate"),
                metrics.gauge("filter_false_positive_rate"));
        line("  stalls %d (%d ms), slow-downs %d (%d ms), pending compaction %d bytes",
                metrics.counter("write_stalls_total"), metrics.counter("write_stall_time_ms"),
                metrics.counter("write_slowdowns_total"), metrics.counter("write_slowdown_time_ms"),
                (long) metrics.gauge("pending_compaction_bytes"));
    }

    private void levels() {
        line("  level  tables          bytes        entries     tombstones   score        answers");
        Version version = store.versions().peek();
        for (int level = 0; level < Version.LEVELS; level++) {
            LevelState state = version.state(level);
            line("  %5d  %6d  %13d  %13d  %13d  %6.2f  %13d", level, state.files(), state.bytes(), state.entries(),
                    state.tombstones(), metrics.gauge("level_" + level + "_score"),
                    metrics.counter("answers_level_" + level + "_total"));
        }
    }

    private void compactions() {
        line("  work              count           read        written  time (ms)");
        line("  %-15s  %6d  %13s  %13d  %9d", "flush", metrics.counter("flushes_total"), "",
                metrics.counter("flush_written_bytes"), metrics.counter("flush_time_ms"));
        for (Compaction.Kind kind : Compaction.Kind.values()) {
            String name = kind.name().toLowerCase(Locale.ROOT);
            String prefix = "compaction_" + name;
            line("  %-15s  %6d  %13d  %13d  %9d", name, metrics.counter(prefix + "_total"),
                    metrics.counter(prefix + "_read_bytes"), metrics.counter(prefix + "_written_bytes"),
                    metrics.counter(prefix + "_time_ms"));
        }
    }

    private void latencies() {
        line("  latency (us)     samples        p50        p99      p99.9        max");
        for (Map.Entry<String, LatencySummary> entry : metrics.latencies().entrySet()) {
            LatencySummary latency = entry.getValue();
            line("  %-12s  %10d  %9.1f  %9.1f  %9.1f  %9.1f", entry.getKey(), latency.samples(),
                    latency.p50().toNanos() / 1e3, latency.p99().toNanos() / 1e3, latency.p999().toNanos() / 1e3,
                    latency.max().toNanos() / 1e3);
        }
    }

    private void valueLog() {
        text.append(store.valueLogReport());
    }

    private void hints() {
        for (String hint : Hints.of(metrics, store.config().tables().falsePositives())) {
            line("  hint: %s", hint);
        }
    }
}
