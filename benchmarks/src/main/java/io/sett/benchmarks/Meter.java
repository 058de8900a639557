// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.HdrHistogram.ConcurrentHistogram;

/** What one phase cost: time, latencies, processor, allocation, bytes written and stored, collector. */
final class Meter {

    private final ConcurrentHistogram latencies = new ConcurrentHistogram(3);
    private final long startNanos = System.nanoTime();
    private final long startCpu = cpuNanos();
    private final long startWritten = writtenBytes();
    private final long startGc = gcMillis();
    private final long startAllocated = allocated();

    void record(long nanos) {
        latencies.recordValue(Math.max(0, nanos));
    }

    /** One line of numbers for {@link Compare}. */
    String line(String phase, long operations, long userBytes, Path directory, String extra) throws IOException {
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        return String.format(Locale.ROOT, "RESULT %s ops=%d ops_per_s=%.1f p50_us=%.2f p99_us=%.2f p999_us=%.2f "
                + "cpu_us_per_op=%.2f alloc_b_per_op=%.1f written_per_user_byte=%.3f stored_per_user_byte=%.3f "
                + "gc_share=%.4f%s", phase, operations, operations / seconds,
                latencies.getValueAtPercentile(50) / 1e3, latencies.getValueAtPercentile(99) / 1e3,
                latencies.getValueAtPercentile(99.9) / 1e3, (cpuNanos() - startCpu) / 1e3 / operations,
                (double) (allocated() - startAllocated) / operations,
                userBytes == 0 ? 0 : (double) (writtenBytes() - startWritten) / userBytes,
                userBytes == 0 ? 0 : (double) storedBytes(directory) / userBytes,
                (gcMillis() - startGc) / 1e3 / seconds, extra.isEmpty() ? "" : " " + extra);
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    /** Allocation of this thread, which does the work in single-threaded phases. */
    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getThreadAllocatedBytes(
                Thread.currentThread().getId());
    }

    private static long gcMillis() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime).sum();
    }

    /** Bytes this process handed to the file system, on Linux. */
    private static long writtenBytes() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/io"))) {
            return lines.filter(line -> line.startsWith("write_bytes:"))
                    .mapToLong(line -> Long.parseLong(line.substring(12).trim())).sum();
        } catch (IOException notLinux) {
            return 0;
        }
    }

    static long storedBytes(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
        }
    }
}
