// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.common.KeyRange;
import io.sett.api.common.Metrics;
import io.sett.api.common.Progress;
import io.sett.api.error.CancelledException;
import io.sett.api.event.EventType;
import io.sett.api.kv.CompactionResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Numbers, events, recordings and the description of a store that works. */
@Timeout(120)
class StatisticsTest {

    @TempDir
    Path root;

    @Test
    void theNumbersFollowTheWork() {
        try (StoreUnderTest test = new StoreUnderTest(root.resolve("a"), Map.of());
                StoreUnderTest other = new StoreUnderTest(root.resolve("b"), Map.of())) {
            test.fill(0, 5000, 1);
            test.fill(2000, 7000, 2);
            CompactionResult result = test.store.maintenance().compact();
            assertThat(result.outputBytes()).isPositive();
            for (int i = 0; i < 3000; i++) {
                test.store.get(StoreUnderTest.key(i * 2));
                test.store.get(Arrays.copyOf(StoreUnderTest.key(i * 2), 5));
            }
            Metrics metrics = test.store.metrics();
            assertThat(metrics.counter("writes_total")).isEqualTo(10_000);
            assertThat(metrics.counter("flushes_total")).isPositive();
            assertThat(metrics.counter("compaction_written_bytes")).isPositive();
            long kinds = metrics.counters().entrySet().stream().filter(entry -> entry.getKey()
                    .matches("compaction_(level0_to_base|within_level0|down|in_place|move|drop)_total"))
                    .mapToLong(Map.Entry::getValue).sum();
            assertThat(kinds).isGreaterThanOrEqualTo(metrics.counter("compactions_total")).isPositive();
            assertThat(metrics.counter("filter_negatives_total")).isPositive();
            assertThat(metrics.gauge("filter_false_positive_rate")).isBetween(0.0, 0.1);
            assertThat(metrics.gauge("write_amplification")).isGreaterThan(1);
            assertThat(metrics.gauge("read_amplification")).isBetween(0.4, 1.0);
            assertThat(metrics.gauge("space_amplification")).isEqualTo(1);
            assertThat(metrics.gauge("sorted_runs")).isOne();
            assertThat(metrics.latencies()).containsKeys("get", "commit", "cursor", "flush", "compaction");
            assertThat(metrics.latencies().get("flush").samples()).isEqualTo(metrics.counter("flushes_total"));
            assertThat(other.counter("writes_total")).as("stores count apart").isZero();
            String text = test.store.maintenance().describe();
            assertThat(text).contains("level  tables").contains("level0_to_base").contains("latency");
            assertThat(text.lines().filter(line -> line.matches(" +[0-6]( +[0-9.]+){6}"))).hasSize(7);
        }
    }

    /** The page of the numbers names none that there is not, and all that tell of the work of a store. */
    @Test
    void theNumbersAreDocumented() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "operations.md"));
        Set<String> named = new TreeSet<>();
        Matcher names = Pattern.compile("`([a-z0-9_<>]+)`").matcher(page.substring(page.indexOf("## Numbers"),
                page.indexOf("Latencies (")));
        while (names.find()) {
            named.add(names.group(1));
        }
        named.removeAll(Set.of("<kind>", "<n>", "level0_to_base", "within_level0", "down", "in_place", "move", "drop"));
        try (StoreUnderTest test = new StoreUnderTest(root, Map.of())) {
            Metrics metrics = test.store.metrics();
            Set<String> told = new TreeSet<>(metrics.counters().keySet());
            told.addAll(metrics.gauges().keySet());
            Set<String> patterns = told.stream().map(name -> name.replaceAll("level_[0-6]", "level_<n>").replaceAll(
                    "compaction_(level0_to_base|within_level0|down|in_place|move|drop)_", "compaction_<kind>_"))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(patterns).containsAll(named);
            patterns.removeIf(name -> !name.matches("(compaction|flush|write|level|transactions|disk|heap|oldest)_.*"));
            assertThat(named).containsAll(patterns);
        }
    }

    @Test
    void eventsTellOfEachFileAndEachPieceOfWork() {
        StoreUnderTest test = new StoreUnderTest(root, Map.of());
        test.fill(0, 5000, 1);
        test.store.maintenance().compact();
        test.close();
        assertThat(test.told(EventType.FLUSH_STARTED)).isPositive().isEqualTo(test.told(EventType.FLUSHED));
        assertThat(test.told(EventType.COMPACTION_STARTED)).isPositive().isEqualTo(test.told(EventType.COMPACTED));
        assertThat(test.told(EventType.FILE_CREATED)).isPositive();
        assertThat(test.events.of(EventType.FILE_DELETED)).allSatisfy(event ->
                assertThat(Files.exists(root.resolve(event.details().get("file")))).isFalse());
    }

    @Test
    void theFlightRecorderSeesTheWork() throws IOException {
        Path file = root.resolve("flight.jfr");
        try (Recording recording = new Recording()) {
            for (String name : List.of("Flush", "Compaction", "FileCreated", "FileDeleted")) {
                recording.enable("io.sett.lsm." + name).withoutThreshold();
            }
            recording.start();
            StoreUnderTest test = new StoreUnderTest(root.resolve("s"), Map.of());
            test.fill(0, 3000, 1);
            test.store.maintenance().compact();
            test.close();
            recording.stop();
            recording.dump(file);
        }
        List<RecordedEvent> seen = RecordingFile.readAllEvents(file);
        Set<String> names = seen.stream().map(event -> event.getEventType().getName()).collect(Collectors.toSet());
        assertThat(names).contains("io.sett.lsm.Flush", "io.sett.lsm.Compaction", "io.sett.lsm.FileCreated",
                "io.sett.lsm.FileDeleted");
        assertThat(seen).filteredOn(event -> event.getEventType().getName().equals("io.sett.lsm.Compaction"))
                .allSatisfy(event -> assertThat(event.getString("store")).isEqualTo("test"))
                .anySatisfy(event -> assertThat(event.getLong("writtenBytes")).isPositive());
    }

    @Test
    void aCompactionByHandTellsHowFarItIsAndCanBeInterrupted() {
        try (StoreUnderTest test = new StoreUnderTest(root, Map.of("maintenance.auto_compaction", false))) {
            test.fill(0, 8000, 1);
            List<Progress> progress = new ArrayList<>();
            try {
                test.store.maintenance().compact(KeyRange.all(), step -> {
                    progress.add(step);
                    if (progress.size() == 2) {
                        Thread.currentThread().interrupt();
                    }
                });
            } catch (CancelledException expected) {
                assertThat(Thread.interrupted()).isTrue();
            }
            assertThat(progress).hasSize(2);
            progress.clear();
            test.store.maintenance().compact(KeyRange.all(), progress::add);
            assertThat(progress).isSortedAccordingTo(Comparator.comparingLong(Progress::done));
            assertThat(progress.get(progress.size() - 1).fraction()).isEqualTo(1.0);
            assertThat(test.gauge("sorted_runs")).isOne();
            test.fill(0, 100, 2);
            assertThat(test.store.maintenance().flatten(progress::add).droppedEntries()).isEqualTo(100);
            assertThat(test.gauge("sorted_runs")).isOne();
        }
    }

    @Test
    void sizesFollowTheSettings() {
        Map<String, Object> one = Map.of("base_level_size", "16MB", "maintenance.num_compaction_workers", 1);
        try (StoreUnderTest test = new StoreUnderTest(root, one)) {
            test.fill(0, 10_000, 1);
            test.store.maintenance().compact();
            List<Long> sizes = test.parts.versions().peek().allFiles().stream().map(file -> file.size()).toList();
            assertThat(sizes).hasSizeGreaterThan(20);
            assertThat(sizes.stream().filter(size -> size > 16384 * 0.9 && size < 16384 * 1.1).count())
                    .as("tables of %s", sizes).isGreaterThanOrEqualTo(sizes.size() * 9L / 10);
            long threads = Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName()
                    .startsWith("sett-test-compaction")).count();
            assertThat(threads).as("num_compaction_workers").isLessThanOrEqualTo(1);
        }
    }

    @Test
    void memtablesAreFlushedWhenTheyAreFull() {
        try (StoreUnderTest test = new StoreUnderTest(root, Map.of("mem_table_size", "4MB"))) {
            test.fill(0, 60_000, 1);
            StoreUnderTest.until(() -> test.told(EventType.FLUSHED) > 0);
            assertThat(test.events.of(EventType.FLUSH_STARTED)).allSatisfy(event -> assertThat(Long.parseLong(
                    event.details().get("bytes"))).isBetween(4L << 20, 5L << 20));
        }
    }

    @Test
    void levelsGrowByTheMultiplier() {
        for (int multiplier : new int[] {2, 10}) {
            Map<String, Object> shape = Map.of("level_size_multiplier", multiplier, "base_level_size", 32768);
            try (StoreUnderTest test = new StoreUnderTest(root.resolve("m" + multiplier), shape)) {
                test.fill(0, 6000, 1);
                test.store.maintenance().compact();
                test.fill(0, 6000, 2);
                StoreUnderTest.until(() -> isQuiet(test));
                // The last compaction may have emptied level 5: a little is written anew until some stays there.
                for (int round = 3; round < 30 && test.store.metrics().gauge("level_5_bytes") == 0; round++) {
                    test.fill(0, 600, round);
                    StoreUnderTest.until(() -> isQuiet(test));
                }
                Metrics metrics = test.store.metrics();
                assertThat(metrics.gauge("level_5_bytes")).isPositive();
                double target = metrics.gauge("level_5_bytes") / metrics.gauge("level_5_score");
                assertThat(target).isCloseTo(Math.max(32768, metrics.gauge("level_6_bytes") / multiplier),
                        Percentage.withPercentage(1));
            }
        }
    }

    private static boolean isQuiet(StoreUnderTest test) {
        Metrics metrics = test.store.metrics();
        double most = 0;
        for (int level = 0; level < 6; level++) {
            most = Math.max(most, metrics.gauge("level_" + level + "_score"));
        }
        return most < 1 && metrics.gauge("running_compactions") == 0 && metrics.gauge("waiting_memtables") == 0;
    }
}
