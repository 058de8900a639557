// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.survival;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sett.api.kv.KVStore;
import io.sett.spi.Engines;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Kills processes that write a store: four threads move money between accounts and acknowledge each commit over a pipe.
 * Whenever the process dies, the store must open, have every commit that was acknowledged, and none by halves.
 *
 * <p>The engine must be found as a service on the class path. For one thread; each round starts a Java process.
 */
public final class KillRun {

    private static final int MOST_LINES = 1500;
    private static final int MOST_MARKS = 6;
    private static final long LONGEST_SPIN_NANOS = 3_000_000;

    private final String engine;
    private final Map<String, Object> settings;
    private final long seed;
    private final Random random;
    private final Map<Integer, Long> acknowledged = new HashMap<>();
    private int rounds;

    /**
     * A run over one store.
     *
     * @param engine its id
     * @param settings of the engine, which must say where the store is
     */
    public KillRun(String engine, Map<String, ?> settings, long seed) {
        this.engine = engine;
        this.settings = Map.copyOf(settings);
        this.seed = seed;
        this.random = new Random(seed);
    }

    /** Starts a process, kills it at that moment, and looks at what is left. */
    public void round(KillMoment moment) {
        rounds++;
        try {
            kill(moment);
        } catch (IOException e) {
            throw new UncheckedIOException("a process could not be started or heard", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while a process ended", e);
        }
        String when = "seed " + seed + ", engine '" + engine + "', round " + rounds + ", killed at " + moment;
        try (KVStore store = Engines.open(KVStore.class, engine, settings)) {
            Bank.check(store, acknowledged, when);
        } catch (RuntimeException e) {
            throw new AssertionError(when + ": " + e, e);
        }
    }

    /** How many commits were acknowledged so far. */
    public long acknowledged() {
        return acknowledged.values().stream().mapToLong(Long::longValue).sum();
    }

    private void kill(KillMoment moment) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(command(moment)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader output = new BufferedReader(new InputStreamReader(child.getInputStream(), UTF_8))) {
            int lines = random.nextInt(MOST_LINES);
            int marks = 1 + random.nextInt(MOST_MARKS);
            String line = output.readLine();
            while (line != null && lines > 0 && marks > 0) {
                note(line);
                marks -= line.equals(moment.line()) ? 1 : 0;
                // An engine may lack the moment; then the process is killed at its work.
                lines--;
                line = marks > 0 && lines > 0 ? output.readLine() : "";
            }
            spin(random.nextLong(LONGEST_SPIN_NANOS));
            boolean alive = child.isAlive();
            // By its handle: the process object would close the stream, and with it the last acknowledgements.
            child.toHandle().destroyForcibly();
            while ((line = output.readLine()) != null) {
                note(line);
            }
            if (!alive) {
                throw new AssertionError("seed " + seed + ": the process of round " + rounds + " ended by itself, code "
                        + child.waitFor());
            }
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    private static void spin(long nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private List<String> command(KillMoment moment) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), "-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                "-Djava.util.logging.config.file=" + System.getProperty("java.util.logging.config.file", ""),
                KillChild.class.getName(), engine, moment.name()));
        settings.forEach((name, value) -> command.add(name + "=" + value));
        return command;
    }

    /** The last line may be cut: only those with an end mark count. */
    private void note(String line) {
        if (line.endsWith(".")) {
            String[] words = line.substring(0, line.length() - 1).split(" ");
            acknowledged.merge(Integer.parseInt(words[0]), Long.parseLong(words[1]), Math::max);
        }
    }
}
