// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.sql;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs workloads on one side in this JVM and prints a line for each: {@code RESULT workload operations seconds
 * cpu-seconds}, the last one for the whole process. Each answer is checked; each workload runs for some seconds before
 * it is measured, so that the compiler has done its work.
 *
 * <p>Arguments: side, directory that is empty, workloads separated by commas or {@code all}.
 */
public final class Workloads {

    private static final int ROWS = 200_000;
    private static final int PAIRS = 200_000;
    private static final double WARM_SECONDS = 2;
    private static final double SECONDS = 1;

    private final Side side;
    private final List<String> wanted;
    private final AtomicLong changes = new AtomicLong();
    private final SplittableRandom random = new SplittableRandom(1);
    private long rows;

    private Workloads(Side side, List<String> wanted) {
        this.side = side;
        this.wanted = wanted;
    }

    /** The program. */
    public static void main(String[] arguments) throws Exception {
        try (Side side = Side.open(arguments[0], Path.of(arguments[1]))) {
            new Workloads(side, List.of(arguments[2].split(","))).run();
        }
    }

    private interface Work {
        long run() throws Exception;
    }

    private interface Step {
        void run(SplittableRandom random) throws Exception;
    }

    private boolean wants(String name) {
        return wanted.contains("all") || wanted.contains(name);
    }

    private void measure(String name, Work work) throws Exception {
        if (!wants(name)) {
            return;
        }
        during(WARM_SECONDS, work);
        long start = System.nanoTime();
        long cpu = cpuNanos();
        long operations = during(SECONDS, work);
        System.out.printf(Locale.ROOT, "RESULT %s %d %.4f %.4f%n", name, operations,
                (System.nanoTime() - start) / 1e9, (cpuNanos() - cpu) / 1e9);
    }

    private static long during(double seconds, Work work) throws Exception {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        long operations = 0;
        while (System.nanoTime() - end < 0) {
            operations += work.run();
        }
        return operations;
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private void run() throws Exception {
        measure("insert", () -> insert(1000));
        fill();
        measure("batch-insert", () -> batch(10));
        measure("point", () -> repeat(5000, random -> point(random.nextLong(ROWS))));
        measure("range100", () -> repeat(500, random -> range(random.nextLong(ROWS - 100))));
        measure("8-readers-1-writer", this::readersAndWriter);
        measure("same-point", () -> repeat(20_000, random -> point(4711)));
        measure("same-range100", () -> repeat(1000, random -> range(4711)));
        measure("kv-put", () -> repeat(1000, this::put));
        measure("kv-put-8-threads", () -> parallel(8, 500, this::put));
        if (wanted.contains("all") || wanted.toString().contains("kv-get") || wanted.toString().contains("kv-scan")) {
            for (int i = 0; i < PAIRS; i++) {
                side.put(key(i), new byte[100]);
            }
        }
        measure("kv-get", () -> repeat(5000, this::get));
        measure("kv-get-2-threads", () -> parallel(2, 10_000, this::get));
        measure("kv-scan100", () -> repeat(500, random -> require(
                side.scan(key(random.nextLong(PAIRS - 100)), 100) == 10_800, "scan")));
    }

    /** Stores a value that differs from the one before: SQLite writes nothing when a row stays what it was. */
    private void put(SplittableRandom random) throws Exception {
        byte[] value = new byte[100];
        ByteBuffer.wrap(value).putLong(changes.incrementAndGet());
        side.put(key(random.nextLong(PAIRS)), value);
    }

    private void get(SplittableRandom random) throws Exception {
        require(side.get(key(random.nextLong(PAIRS))) == 100, "get");
    }

    private static byte[] key(long number) {
        return ByteBuffer.allocate(8).putLong(number).array();
    }

    private static String name(long id) {
        return "name of number " + id;
    }

    private static void require(boolean right, String what) {
        if (!right) {
            throw new IllegalStateException("a " + what + " gave a wrong answer");
        }
    }

    private long insert(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            side.insert(rows, name(rows), rows);
            rows++;
        }
        return count;
    }

    /** Fills the table up, so that all workloads read the same rows. */
    private void fill() throws Exception {
        while (rows < ROWS) {
            batch(1);
        }
    }

    private long batch(int batches) throws Exception {
        for (int i = 0; i < batches; i++) {
            List<List<Object>> some = new ArrayList<>();
            for (int j = 0; j < 1000; j++) {
                some.add(List.of(rows, name(rows), rows));
                rows++;
            }
            side.insertAll(some);
        }
        return batches * 1000L;
    }

    private void point(long id) throws Exception {
        require(side.point(id) == name(id).length() + id, "point query");
    }

    private void range(long from) throws Exception {
        long expected = 0;
        for (long id = from; id < from + 100; id++) {
            expected += 15 + digits(id) + id;
        }
        require(side.range(from, from + 100) == expected, "range query");
    }

    private static int digits(long number) {
        int digits = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        return digits;
    }

    private long repeat(int times, Step step) throws Exception {
        for (int i = 0; i < times; i++) {
            step.run(random);
        }
        return times;
    }

    /** Eight threads read while one writes; counts what was read. */
    private long readersAndWriter() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        AtomicLong written = new AtomicLong();
        Thread writer = new Thread(() -> {
            try {
                while (!done.get()) {
                    insert(1);
                    written.incrementAndGet();
                }
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        });
        writer.start();
        long read;
        try {
            read = parallel(8, 2000, random -> point(random.nextLong(ROWS)));
        } finally {
            done.set(true);
            writer.join();
        }
        require(written.get() > 0, "writer");
        return read;
    }

    private static long parallel(int threads, int each, Step step) throws Exception {
        List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
        List<Thread> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            SplittableRandom random = new SplittableRandom(i + System.nanoTime());
            Thread thread = new Thread(() -> {
                try {
                    for (int j = 0; j < each; j++) {
                        step.run(random);
                    }
                } catch (Exception | Error failed) {
                    failures.add(failed);
                }
            });
            thread.start();
            running.add(thread);
        }
        for (Thread thread : running) {
            thread.join();
        }
        if (!failures.isEmpty()) {
            throw new IllegalStateException(failures.get(0));
        }
        return (long) threads * each;
    }
}
