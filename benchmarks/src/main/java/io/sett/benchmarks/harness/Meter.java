// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.harness;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * What one phase costs: time, latencies, processor, allocation of the calling threads, bytes written and stored,
 * collector. Started by its constructor, read once by {@link #figures}. Threads: each client belongs to one, the rest
 * to the thread that made it.
 */
public final class Meter {

    private final Histogram latencies = new Histogram(3);
    private final long startNanos = System.nanoTime();
    private final long startCpu = cpuNanos();
    private final long startWritten = writtenBytes();
    private final long startGc = gcMillis();
    private long allocated;

    /** Starts now. */
    public Meter() {
    }

    /** One thread's part; {@link #close} adds it to the whole. */
    public final class Client implements AutoCloseable {

        private final Histogram own = new Histogram(3);
        private final long startAllocated = allocatedByThisThread();

        private Client() {
        }

        /** One operation is over that began then. */
        public void since(long startedNanos) {
            own.recordValue(Math.max(0, System.nanoTime() - startedNanos));
        }

        @Override
        public void close() {
            long bytes = allocatedByThisThread() - startAllocated;
            synchronized (Meter.this) {
                latencies.add(own);
                allocated += bytes;
            }
        }
    }

    /** For this thread. */
    public Client client() {
        return new Client();
    }

    /**
     * The figures by name.
     *
     * @param operations how many were done
     * @param userBytes bytes of keys and values written, 0 when the phase wrote none
     * @param directory whose files count as stored
     */
    public Map<String, Double> figures(long operations, long userBytes, Path directory) throws IOException {
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("ops", (double) operations);
        figures.put("ops_per_s", operations / seconds);
        if (latencies.getTotalCount() > 0) {
            figures.put("p50_us", latencies.getValueAtPercentile(50) / 1e3);
            figures.put("p99_us", latencies.getValueAtPercentile(99) / 1e3);
            figures.put("p999_us", latencies.getValueAtPercentile(99.9) / 1e3);
        }
        figures.put("cpu_us_per_op", (cpuNanos() - startCpu) / 1e3 / operations);
        figures.put("alloc_b_per_op", (double) allocated / operations);
        if (userBytes > 0) {
            figures.put("written_per_user_byte", (double) (writtenBytes() - startWritten) / userBytes);
            figures.put("stored_per_user_byte", (double) Directories.bytes(directory) / userBytes);
        }
        figures.put("gc_share", (gcMillis() - startGc) / 1e3 / seconds);
        return figures;
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /** Bytes that the calling thread has allocated so far. */
    public static long allocatedByThisThread() {
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
}
