// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.survival;

import static io.sett.testkit.Bytes.bytes;

import io.sett.api.common.Capability;
import io.sett.api.common.Durability;
import io.sett.api.common.KeyRange;
import io.sett.api.common.ProgressListener;
import io.sett.api.error.StorageException;
import io.sett.api.kv.KVStore;
import io.sett.api.kv.VerifyLevel;
import io.sett.testkit.EngineHarness;
import io.sett.testkit.fault.FaultFileSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Damages every file of a store in every way. Opening, reading, checking and writing must then give the right data or
 * an error of the API, never data that nobody wrote, never half a commit, never anything else.
 *
 * <p>For one thread. Results are counted: how many flipped bits in files were noticed is for the test to judge.
 */
public final class DamageSweep {

    /**
     * What was seen.
     *
     * @param cases how often a file was damaged
     * @param reported how often an error of the API or a report of a check told it
     * @param located how many of these named the file
     * @param flips cases with a flipped bit
     * @param flipsReported how many of these were told
     * @param harmless how often nothing told and all data was there, by kind of damage and file
     * @param silent how often nothing told and the last commits were missing, by kind of damage and file: what an end
     *     that was cut off looks like
     */
    public record Result(int cases, int reported, int located, int flips, int flipsReported,
            Map<String, Integer> harmless, Map<String, Integer> silent) {

        /** How often a damage of this kind went unnoticed although commits were missing. */
        public int silent(Damage damage) {
            return silent.entrySet().stream().filter(entry -> entry.getKey().startsWith(damage + " "))
                    .mapToInt(Map.Entry::getValue).sum();
        }
    }

    private static final int COMMITS = 120;

    private final DiskStores stores;
    private final long seed;
    private final String engine;
    private final boolean closed;
    private int largestValue = 400;
    private int reported;
    private int located;
    private int flips;
    private int flipsReported;
    private int cases;
    private final Map<String, Integer> harmless = new TreeMap<>();
    private final Map<String, Integer> silent = new TreeMap<>();

    /**
     * A sweep over an engine with its settings.
     *
     * @param closed whether the store was closed before; otherwise its files are as a killed process left them
     */
    public DamageSweep(EngineHarness harness, long seed, boolean closed) {
        this.stores = new DiskStores(harness);
        this.engine = harness.provider().id();
        this.seed = seed;
        this.closed = closed;
    }

    /** Bytes of the largest values. */
    public DamageSweep largestValue(int bytes) {
        largestValue = bytes;
        return this;
    }

    /**
     * Runs it.
     *
     * @param perFile how many places of each file are tried for flips, zeroed sectors and cuts
     */
    public Result run(int perFile) {
        try {
            FaultFileSystem disk = FaultFileSystem.create();
            Path root = disk.directory(DiskStores.ROOT);
            CommitHistory history = new CommitHistory(seed, largestValue, Durability.SYNC, disk::changes);
            Map<String, byte[]> old = new HashMap<>();
            KVStore store = stores.open(disk);
            for (int i = 0; i < COMMITS; i++) {
                history.commit(store);
                if (i == COMMITS / 2 && store.supports(Capability.COMPACTION)) {
                    store.maintenance().compact(KeyRange.all(), ProgressListener.NONE);
                    old = content(root);
                }
            }
            if (closed) {
                store.close();
            }
            Map<String, byte[]> sound = content(root);
            if (!closed) {
                store.close();
            }
            sweep(sound, old, history, perFile);
            return new Result(cases, reported, located, flips, flipsReported, harmless, silent);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, byte[]> content(Path root) throws IOException {
        Map<String, byte[]> content = new TreeMap<>();
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                content.put(root.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return content;
    }

    private void sweep(Map<String, byte[]> sound, Map<String, byte[]> old, CommitHistory history, int perFile)
            throws IOException {
        Random random = new Random(seed);
        for (String name : sound.keySet()) {
            int length = sound.get(name).length;
            for (Damage damage : Damage.values()) {
                boolean placed = damage == Damage.FLIP || damage == Damage.ZERO || damage == Damage.TRUNCATE;
                for (int i = 0; i < (placed ? Math.min(perFile, length) : 1); i++) {
                    long at = placed ? (long) i * length / Math.min(perFile, length) : 0;
                    String other = other(damage, name, sound, old);
                    if (!other.isEmpty()) {
                        one(sound, old, history, name, damage, at, other, random);
                    }
                }
            }
        }
    }

    /** The second file that a damage needs; empty when there is none, so that the case does not exist. */
    private static String other(Damage damage, String name, Map<String, byte[]> sound, Map<String, byte[]> old) {
        return switch (damage) {
            case SWAP -> sound.keySet().stream().filter(one -> !one.equals(name) && kind(one).equals(kind(name)))
                    .findFirst().orElse("");
            case STALE -> old.containsKey(name) ? name : "";
            default -> name;
        };
    }

    private static String kind(String name) {
        return name.replaceAll("[0-9]+", "#");
    }

    private void one(Map<String, byte[]> sound, Map<String, byte[]> old, CommitHistory history, String name,
            Damage damage, long at, String other, Random random) throws IOException {
        FaultFileSystem disk = FaultFileSystem.create();
        Path root = disk.directory(DiskStores.ROOT);
        for (Map.Entry<String, byte[]> file : sound.entrySet()) {
            Path target = root.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.write(target, file.getValue());
        }
        Path second = root.resolve(other);
        if (damage == Damage.STALE) {
            second = Files.write(disk.getPath("/old"), old.get(name));
        }
        if (!damage.apply(root.resolve(name), at, second, random)) {
            return;
        }
        String when = "seed " + seed + ", engine '" + engine + "', " + (closed ? "closed" : "unclosed") + " store, "
                + damage + " of " + name + " at " + at + " of " + sound.get(name).length + " bytes";
        cases++;
        flips += damage == Damage.FLIP ? 1 : 0;
        List<String> told = new ArrayList<>();
        int found = look(disk, history, when, told);
        if (told.isEmpty()) {
            (found == history.size() ? harmless : silent).merge(damage + " " + kind(name), 1, Integer::sum);
        } else {
            reported++;
            flipsReported += damage == Damage.FLIP ? 1 : 0;
            located += told.stream().anyMatch(text -> text.contains(name)) ? 1 : 0;
        }
    }

    /** Opens, reads, checks and writes; notes what told of the damage and returns how many commits are there. */
    private int look(FaultFileSystem disk, CommitHistory history, String when, List<String> told) {
        int found = 0;
        try (KVStore store = stores.open(disk)) {
            try {
                found = history.present(store, when).size();
            } catch (StorageException e) {
                told.add(e.toString());
            }
            verify(store, told);
            store.put(bytes("after"), bytes("damage"));
            stores.advance(Duration.ofSeconds(6));
        } catch (StorageException e) {
            told.add(e.toString());
        } catch (RuntimeException e) {
            throw new AssertionError(when + ": not an error of the API: " + e, e);
        }
        return found;
    }

    private static void verify(KVStore store, List<String> told) {
        if (!store.supports(Capability.VERIFY)) {
            return;
        }
        try {
            told.addAll(store.maintenance().verify(VerifyLevel.FULL).problems());
        } catch (StorageException e) {
            told.add(e.toString());
        }
    }
}
