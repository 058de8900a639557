// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks;

import io.sett.benchmarks.peer.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Runs the phases of one workload on one peer in this JVM and prints a line for each. */
public final class Run {

    private final String peerName;
    private final Path directory;
    private final int keys;

    private Run(String peerName, Path directory, int keys) {
        this.peerName = peerName;
        this.directory = directory;
        this.keys = keys;
    }

    /** Arguments: peer, workload, number of keys, directory that is empty. */
    public static void main(String[] arguments) throws Exception {
        Run run = new Run(arguments[0], Path.of(arguments[3]), Integer.parseInt(arguments[2]));
        new Check(arguments[0]).run(Files.createDirectories(run.directory.resolve("check")));
        switch (arguments[1]) {
            case "small" -> run.small();
            case "large" -> run.large(1024);
            case "huge" -> run.large(16 * 1024);
            case "sync" -> run.sync();
            case "transactions" -> run.transactions();
            default -> throw new IllegalArgumentException("no workload '" + arguments[1]
                    + "', there are small, large, huge, sync, transactions");
        }
    }

    private Peer open(String name, boolean sync) throws IOException {
        return Peer.open(peerName, Files.createDirectories(directory.resolve(name)), sync);
    }

    private void small() throws Exception {
        try (Peer peer = open("seq", false)) {
            fill("fillseq", peer, "seq", 100, i -> i);
        }
        try (Peer peer = open("random", false)) {
            fill("fillrandom", peer, "random", 100, this::scramble);
            peer.settle();
            read("readrandom", peer, 1, false);
            read("readrandom2", peer, 2, false);
            read("readmissing", peer, 1, true);
            seek(peer, 100);
            fullScan("fullscan", peer);
            readWhileWriting(peer);
            fill("overwrite", peer, "random", 100, this::scramble);
            batches(peer);
        }
    }

    private void large(int length) throws Exception {
        String size = length / 1024 + "k";
        try (Peer peer = open("large", false)) {
            fill("fill" + size, peer, "large", length, this::scramble);
            peer.settle();
            read("get" + size, peer, 1, false);
            fullScan("scan" + size, peer);
        }
    }

    private void sync() throws Exception {
        try (Peer peer = open("sync", true)) {
            writers("fillsync1", peer, 1, 3000);
            writers("fillsync8", peer, 8, 2000);
        }
    }

    private void transactions() throws Exception {
        try (Peer peer = open("tx", false)) {
            increments(peer, 1);
            increments(peer, 2);
            increments(peer, 8);
        }
    }

    /** A permutation of the numbers below {@code keys}: a multiplication by a number that has no factor in common. */
    private long scramble(long i) {
        return i * 982_451_653L % keys;
    }

    private void fill(String phase, Peer peer, String name, int length, java.util.function.LongUnaryOperator order)
            throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        byte[][] values = new byte[64][];
        for (int i = 0; i < values.length; i++) {
            values[i] = Data.value(random, length);
        }
        Meter meter = new Meter();
        for (int i = 0; i < keys; i++) {
            byte[] key = Data.key(order.applyAsLong(i));
            long start = System.nanoTime();
            peer.put(key, values[i & 63]);
            meter.record(System.nanoTime() - start);
        }
        System.out.println(meter.line(phase, keys, (long) keys * (16 + length), directory.resolve(name), ""));
    }

    private void read(String phase, Peer peer, int threads, boolean missing) throws Exception {
        int reads = Math.min(keys, 1_000_000);
        reads(peer, 7, reads / 4, missing, new Meter());
        Meter meter = new Meter();
        parallel(threads, thread -> reads(peer, thread, reads, missing, meter));
        System.out.println(meter.line(phase, (long) reads * threads, 0, directory, ""));
    }

    private void reads(Peer peer, int seed, int count, boolean missing, Meter meter) {
        SplittableRandom random = new SplittableRandom(seed);
        long found = 0;
        for (int i = 0; i < count; i++) {
            long number = random.nextLong(keys);
            byte[] key = missing ? Data.missingKey(number) : Data.key(number);
            long start = System.nanoTime();
            found += peer.get(key) >= 0 ? 1 : 0;
            meter.record(System.nanoTime() - start);
        }
        if (found != (missing ? 0 : count)) {
            throw new IllegalStateException(found + " of " + count + " keys were found");
        }
    }

    private void seek(Peer peer, int entries) throws IOException {
        int seeks = 20_000;
        SplittableRandom random = new SplittableRandom(3);
        Meter meter = new Meter();
        for (int i = 0; i < seeks; i++) {
            byte[] key = Data.key(random.nextLong(keys));
            long start = System.nanoTime();
            if (peer.scan(key, entries) <= 0) {
                throw new IllegalStateException("nothing found");
            }
            meter.record(System.nanoTime() - start);
        }
        System.out.println(meter.line("seek100", seeks, 0, directory, ""));
    }

    private void fullScan(String phase, Peer peer) throws IOException {
        peer.scan(Data.key(0), Integer.MAX_VALUE);
        Meter meter = new Meter();
        int rounds = 3;
        for (int i = 0; i < rounds; i++) {
            if (peer.scan(Data.key(0), Integer.MAX_VALUE) < 16L * keys) {
                throw new IllegalStateException("the scan missed entries");
            }
        }
        System.out.println(meter.line(phase, (long) rounds * keys, 0, directory, ""));
    }

    private void readWhileWriting(Peer peer) throws Exception {
        java.util.concurrent.atomic.AtomicBoolean done = new java.util.concurrent.atomic.AtomicBoolean();
        SplittableRandom random = new SplittableRandom(5);
        byte[] value = Data.value(random, 100);
        Thread writer = new Thread(() -> {
            while (!done.get()) {
                peer.put(Data.key(random.nextLong(keys)), value);
            }
        });
        writer.start();
        try {
            Meter meter = new Meter();
            reads(peer, 9, Math.min(keys, 500_000), false, meter);
            System.out.println(meter.line("readwhilewriting", Math.min(keys, 500_000), 0, directory, ""));
        } finally {
            done.set(true);
            writer.join();
        }
    }

    private void batches(Peer peer) throws IOException {
        SplittableRandom random = new SplittableRandom(6);
        int batches = keys / 1000;
        byte[] value = Data.value(random, 100);
        Meter meter = new Meter();
        for (int i = 0; i < batches; i++) {
            List<byte[]> batchKeys = new ArrayList<>();
            List<byte[]> values = new ArrayList<>();
            for (int j = 0; j < 1000; j++) {
                batchKeys.add(Data.key(random.nextLong(keys)));
                values.add(value);
            }
            long start = System.nanoTime();
            peer.batch(batchKeys, values);
            meter.record(System.nanoTime() - start);
        }
        System.out.println(meter.line("batch1000", batches * 1000L, batches * 116_000L, directory, ""));
    }

    private void writers(String phase, Peer peer, int threads, int count) throws Exception {
        byte[] value = Data.value(new SplittableRandom(8), 100);
        AtomicLong next = new AtomicLong();
        Meter meter = new Meter();
        parallel(threads, thread -> {
            for (int i = 0; i < count; i++) {
                byte[] key = Data.key(next.incrementAndGet());
                long start = System.nanoTime();
                peer.put(key, value);
                meter.record(System.nanoTime() - start);
            }
        });
        System.out.println(meter.line(phase, (long) threads * count, 0, directory, ""));
    }

    private void increments(Peer peer, int threads) throws Exception {
        int count = 200_000 / threads;
        AtomicLong retries = new AtomicLong();
        Meter meter = new Meter();
        parallel(threads, thread -> {
            SplittableRandom random = new SplittableRandom(thread);
            for (int i = 0; i < count; i++) {
                byte[] key = Data.key(threads * 1000L + random.nextInt(100));
                long start = System.nanoTime();
                retries.addAndGet(peer.increment(key));
                meter.record(System.nanoTime() - start);
            }
        });
        long sum = 0;
        for (int i = 0; i < 100; i++) {
            byte[] value = peer.value(Data.key(threads * 1000L + i));
            sum += value == null ? 0 : java.nio.ByteBuffer.wrap(value).getLong();
        }
        if (sum != (long) threads * count) {
            throw new IllegalStateException("lost updates: " + sum + " of " + threads * count);
        }
        System.out.println(meter.line("rmw" + threads, (long) threads * count, 0, directory,
                String.format(java.util.Locale.ROOT, "retries_per_commit=%.4f",
                        (double) retries.get() / ((long) threads * count))));
    }

    private interface Work {
        void run(int thread);
    }

    private static void parallel(int threads, Work work) throws InterruptedException {
        if (threads == 1) {
            work.run(0);
            return;
        }
        List<Thread> running = new ArrayList<>();
        List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < threads; i++) {
            int number = i;
            Thread thread = new Thread(() -> {
                try {
                    work.run(number);
                } catch (RuntimeException | Error failed) {
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
    }
}
