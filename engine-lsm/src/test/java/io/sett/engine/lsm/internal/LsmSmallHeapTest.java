// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.kv.BulkLoad;
import io.sett.api.kv.BulkLoadOptions;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.KVStore;
import io.sett.api.kv.Transaction;
import io.sett.engine.lsm.Lsm;
import io.sett.engine.lsm.LsmOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is larger than the heap: loading, going over everything, one transaction. Each in a process of its own. */
class LsmSmallHeapTest {

    private static final boolean STRESS = Boolean.getBoolean("sett.stress");

    @TempDir
    Path directory;

    private static byte[] key(long number) {
        return ByteBuffer.allocate(16).putLong(number).putLong(number * 31).array();
    }

    private String run(String heap, Class<?> program, long entries) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap, "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
                "-Djava.util.logging.config.file=" + System.getProperty("java.util.logging.config.file", ""),
                program.getName(), directory.toString(), Long.toString(entries)))
                .redirectErrorStream(true).start();
        String output = new String(child.getInputStream().readAllBytes(), UTF_8);
        child.waitFor();
        return output.strip();
    }

    @Test
    void millionsOfKeysAreLoadedAndSeenInAHeapOf64Megabytes() throws Exception {
        long entries = STRESS ? 10_000_000 : 100_000;
        assertThat(run("64m", Scan.class, entries)).isEqualTo(entries + " up, " + entries + " down");
    }

    @Test
    void aTransactionLargerThanTheHeapCommitsAtOnce() throws Exception {
        long entries = STRESS ? 10_000_000 : 200_000;
        assertThat(run(STRESS ? "256m" : "40m", Large.class, entries)).isEqualTo("0 before, " + entries + " after");
    }

    /** Loads sorted entries and goes over them in both directions. */
    static final class Scan {

        private Scan() {
        }

        public static void main(String[] arguments) {
            long entries = Long.parseLong(arguments[1]);
            try (KVStore store = Lsm.open(Path.of(arguments[0]), LsmOptions.defaults().withSyncWrites(false))) {
                try (BulkLoad load = store.bulkLoad(BulkLoadOptions.defaults())) {
                    for (long i = 0; i < entries; i++) {
                        load.put(key(i), new byte[20]);
                    }
                    load.commit();
                }
                System.out.println(go(store, true) + " up, " + go(store, false) + " down");
            }
        }

        private static long go(KVStore store, boolean up) {
            long seen = 0;
            try (Cursor cursor = store.iterate(new byte[0])) {
                while (up ? cursor.next() : cursor.prev()) {
                    seen++;
                }
            }
            return seen;
        }
    }

    /** Writes everything in one transaction, in no order, 100 bytes each. */
    static final class Large {

        private Large() {
        }

        public static void main(String[] arguments) {
            long entries = Long.parseLong(arguments[1]);
            LsmOptions options = LsmOptions.defaults().withSyncWrites(false).with("transaction.spill", true)
                    .with("transaction.transaction_timeout", Duration.ofHours(1));
            try (KVStore store = Lsm.open(Path.of(arguments[0]), options)) {
                byte[] value = new byte[84];
                Random random = new Random(1);
                try (Transaction transaction = store.transaction(false)) {
                    for (long i = 0; i < entries; i++) {
                        random.nextBytes(value);
                        transaction.put(key(i * 0x9E3779B97F4A7C15L), value);
                    }
                    if (transaction.get(key(0x9E3779B97F4A7C15L)).isEmpty()) {
                        throw new IllegalStateException("it does not see its own write");
                    }
                    System.out.print(store.count(new byte[0]) + " before, ");
                    transaction.commit();
                }
                System.out.println(store.count(new byte[0]) + " after");
            }
        }
    }
}
