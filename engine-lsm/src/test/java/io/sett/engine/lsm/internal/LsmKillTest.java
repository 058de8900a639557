// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.kv.KVStore;
import io.sett.api.kv.VerifyLevel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A process that moves money between accounts is killed again and again: what it acknowledged is there, nothing is there
 * by halves.
 */
@Timeout(300)
class LsmKillTest {

    private static final int ACCOUNTS = 50;
    private static final long TOTAL = ACCOUNTS * 100L;
    private static final int THREADS = 4;

    @TempDir
    Path directory;

    private static byte[] account(int number) {
        return ("account" + number).getBytes(UTF_8);
    }

    private static byte[] number(long value) {
        return ByteBuffer.allocate(8).putLong(value).array();
    }

    private static long number(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getLong();
    }

    /** A value that is stored apart from its key; its length changes from commit to commit. */
    private static byte[] logged(int thread, long count) {
        byte[] value = new byte[(int) (33 + count * 31 % 900)];
        new Random(count * THREADS + thread).nextBytes(value);
        return value;
    }

    private static Map<String, Object> settings(boolean sync) {
        Map<String, Object> settings = new HashMap<>(LsmOpenTest.TINY);
        settings.put("sync_writes", sync);
        // Half of the values that are written are stored apart from their keys, in small files.
        settings.put("value_threshold", 32);
        settings.put("value_log_file_size", 65536);
        return settings;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void killedAtAnyMoment(boolean sync) throws IOException, InterruptedException {
        long seed = Long.getLong("sett.seed", 5);
        Random random = new Random(seed);
        int rounds = Boolean.getBoolean("sett.stress") ? 150 : 3;
        Map<Integer, Long> acknowledged = new HashMap<>();
        for (int round = 0; round < rounds; round++) {
            int lines = round == 1 ? 0 : random.nextInt(1500);
            killAfter(lines, sync, acknowledged);
            try (KVStore store = LsmOpenTest.open(directory, settings(sync))) {
                check(store, acknowledged, "seed " + seed + ", round " + round);
            }
        }
    }

    private void killAfter(int lines, boolean sync, Map<Integer, Long> acknowledged)
            throws IOException, InterruptedException {
        Process child = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), "-Xmx128m",
                "-Djava.util.logging.config.file=" + System.getProperty("java.util.logging.config.file", ""), Bank.class.getName(), directory.toString(),
                Boolean.toString(sync))).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader output = new BufferedReader(new InputStreamReader(child.getInputStream(), UTF_8))) {
            String line = "";
            for (int i = 0; i < lines && line != null; i++) {
                line = output.readLine();
                note(line, acknowledged);
            }
            // By its handle: the process object would close the stream, and with it the last acknowledgements.
            child.toHandle().destroyForcibly();
            while ((line = output.readLine()) != null) {
                note(line, acknowledged);
            }
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    /** The last line may be cut: only those with an end mark count. */
    private static void note(String line, Map<Integer, Long> acknowledged) {
        if (line != null && line.endsWith(".")) {
            String[] words = line.substring(0, line.length() - 1).split(" ");
            acknowledged.merge(Integer.parseInt(words[0]), Long.parseLong(words[1]), Math::max);
        }
    }

    private static void check(KVStore store, Map<Integer, Long> acknowledged, String when) {
        long sum = 0;
        int accounts = 0;
        for (int i = 0; i < ACCOUNTS; i++) {
            var balance = store.get(account(i));
            accounts += balance.isPresent() ? 1 : 0;
            sum += balance.map(LsmKillTest::number).orElse(0L);
        }
        assertThat(accounts).as(when).isIn(0, ACCOUNTS);
        assertThat(sum).as(when).isIn(accounts == 0 ? 0L : TOTAL, TOTAL);
        acknowledged.forEach((thread, count) -> assertThat(store.get(("count" + thread).getBytes(UTF_8))
                .map(LsmKillTest::number).orElse(0L)).as("%s, thread %d", when, thread).isGreaterThanOrEqualTo(count));
        for (int thread = 0; thread < THREADS; thread++) {
            byte[] counter = ("count" + thread).getBytes(UTF_8);
            long last = store.get(counter).map(LsmKillTest::number).orElse(0L);
            for (long count = Math.max(1, last - 1999); count <= last; count++) {
                assertThat(store.get(("log" + thread + "/" + count % 2000).getBytes(UTF_8)).orElseThrow())
                        .as("%s, thread %d, commit %d", when, thread, count).isEqualTo(logged(thread, count));
            }
        }
        assertThat(store.maintenance().verify(VerifyLevel.FULL).problems()).as(when).isEmpty();
    }

    /** The process that is killed. */
    static final class Bank {

        private Bank() {
        }

        public static void main(String[] arguments) {
            KVStore store = LsmOpenTest.open(Path.of(arguments[0]), settings(Boolean.parseBoolean(arguments[1])));
            if (!store.has(account(0))) {
                store.execute(transaction -> {
                    for (int i = 0; i < ACCOUNTS; i++) {
                        transaction.put(account(i), number(100));
                    }
                });
            }
            Thread collector = new Thread(() -> collect(store));
            collector.setDaemon(true);
            collector.start();
            PrintStream output = System.out;
            for (int thread = 0; thread < THREADS; thread++) {
                int id = thread;
                new Thread(() -> move(store, id, output)).start();
            }
        }

        private static void collect(KVStore store) {
            while (store.isOpen()) {
                store.maintenance().garbageCollect();
            }
        }

        private static void move(KVStore store, int thread, PrintStream output) {
            Random random = new Random(thread);
            byte[] counter = ("count" + thread).getBytes(UTF_8);
            while (true) {
                int from = random.nextInt(ACCOUNTS);
                int to = (from + 1 + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
                long count = store.update(transaction -> {
                    transaction.put(account(from), number(number(transaction.getOrThrow(account(from))) - 1));
                    transaction.put(account(to), number(number(transaction.getOrThrow(account(to))) + 1));
                    long next = transaction.get(counter).map(LsmKillTest::number).orElse(0L) + 1;
                    transaction.put(counter, number(next));
                    transaction.put(("log" + thread + "/" + next % 2000).getBytes(UTF_8), logged(thread, next));
                    return next;
                });
                output.println(thread + " " + count + ".");
            }
        }
    }
}
