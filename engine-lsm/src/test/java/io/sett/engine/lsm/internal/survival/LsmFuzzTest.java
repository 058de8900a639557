// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.survival;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.sett.api.common.Durability;
import io.sett.api.error.CorruptionException;
import io.sett.api.error.FormatVersionException;
import io.sett.api.kv.KVStore;
import io.sett.engine.lsm.internal.base.InternalCursor;
import io.sett.engine.lsm.internal.base.ValuePointer;
import io.sett.engine.lsm.internal.cache.BlockCache;
import io.sett.engine.lsm.internal.io.FileNames;
import io.sett.engine.lsm.internal.io.StoreDirectory;
import io.sett.engine.lsm.internal.table.PinBudget;
import io.sett.engine.lsm.internal.table.TableCache;
import io.sett.engine.lsm.internal.table.TableReader;
import io.sett.engine.lsm.internal.version.Version;
import io.sett.engine.lsm.internal.version.VersionSet;
import io.sett.engine.lsm.internal.vlog.ValueLog;
import io.sett.engine.lsm.internal.wal.LogScanner;
import io.sett.testkit.Bytes;
import io.sett.testkit.Stress;
import io.sett.testkit.fault.FaultFileSystem;
import io.sett.testkit.survival.CommitHistory;
import io.sett.testkit.survival.DiskStores;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every parser takes whatever it is given: it ends, allocates little, and fails only with the errors for damage. */
@Timeout(3600)
class LsmFuzzTest {

    private static final long MOST_BYTES = 64L << 20;

    /** Reads a file that may hold anything. */
    @FunctionalInterface
    private interface Parser {
        void parse() throws IOException;
    }

    private final FaultFileSystem disk = FaultFileSystem.create();
    private final Path root = disk.directory(DiskStores.ROOT);
    private final long seed = Stress.seed();
    private final Random random = new Random(seed);
    private UUID store;

    @BeforeEach
    void fill() {
        CommitHistory history = new CommitHistory(5, 2_000, Durability.PROCESS, disk::changes);
        try (KVStore open = new DiskStores(LsmHarness.separating()).open(disk)) {
            for (int i = 0; i < 120; i++) {
                history.commit(open);
            }
            open.maintenance().compact();
            for (int i = 0; i < 20; i++) {
                history.commit(open);
            }
            store = VersionSet.load(StoreDirectory.of(root), true, unused -> { }).orElseThrow().storeId();
            assertThat(open.unwrap(Version.class).fileCount()).isPositive();
        }
    }

    private Path newest(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(root)) {
            return files.filter(file -> file.toString().contains(suffix)).sorted().reduce((a, b) -> b).orElseThrow();
        }
    }

    private void fuzz(Path file, Parser parser) throws IOException {
        byte[] sound = Files.readAllBytes(file);
        ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int round = 0; round < Stress.times(1_500, 250_000); round++) {
            byte[] bytes = mutate(sound);
            Files.write(file, bytes);
            long before = memory.getCurrentThreadAllocatedBytes();
            try {
                parser.parse();
            } catch (CorruptionException | FormatVersionException told) {
                assertThat(told.getMessage()).isNotBlank();
            } catch (RuntimeException | Error wrong) {
                throw new AssertionError("seed " + seed + ", round " + round + " of " + file + ": " + wrong, wrong);
            }
            assertThat(memory.getCurrentThreadAllocatedBytes() - before).as("seed %d, round %d of %s: bytes allocated",
                    seed, round, file).isLessThan(MOST_BYTES);
            disk.settle();
        }
        Files.write(file, sound);
    }

    private byte[] mutate(byte[] sound) {
        byte[] bytes = random.nextInt(10) > 0 ? sound.clone()
                : Bytes.pattern(random.nextInt(2_000), random.nextLong());
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes && bytes.length > 8; i++) {
            int at = random.nextInt(random.nextInt(3) == 0 ? Math.min(bytes.length, 200) : bytes.length);
            switch (random.nextInt(6)) {
                case 0 -> bytes[at] = (byte) random.nextInt();
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> putInt(bytes, at, 0x7fffffff);
                case 3 -> putInt(bytes, at, random.nextInt());
                case 4 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
                default -> System.arraycopy(bytes, random.nextInt(bytes.length - 8), bytes,
                        Math.min(at, bytes.length - 8), 8);
            }
        }
        return bytes;
    }

    private static void putInt(byte[] bytes, int at, int value) {
        for (int i = 0; i < 4 && at + i < bytes.length; i++) {
            bytes[at + i] = (byte) (value >>> 8 * i);
        }
    }

    @Test
    void tables() throws IOException {
        Path file = newest(".sst");
        long id = FileNames.parse(file).orElseThrow().number();
        fuzz(file, () -> {
            try (TableCache cache = new TableCache(root, store, false, new BlockCache<>(1 << 20),
                    new PinBudget(1 << 20), 4)) {
                TableReader table = cache.get(id);
                table.properties();
                table.rangeDeletions();
                try (InternalCursor cursor = table.cursor(false)) {
                    for (boolean more = cursor.first(); more; more = cursor.next()) {
                        assertThat(cursor.keyLength()).isNotNegative();
                    }
                }
            }
        });
    }

    @Test
    void logs() throws IOException {
        Path file = newest(".wal");
        long id = FileNames.parse(file).orElseThrow().number();
        fuzz(file, () -> LogScanner.scan(root, store, id, (version, batch) -> assertThat(version).isPositive()));
    }

    @Test
    void manifests() throws IOException {
        fuzz(newest("MANIFEST"), () -> VersionSet.load(StoreDirectory.of(root), true, unused -> { })
                .ifPresent(VersionSet::close));
    }

    @Test
    void valueLogs() throws IOException {
        Path file = newest(".wal");
        long id = FileNames.parse(file).orElseThrow().number();
        fuzz(file, () -> {
            byte[] encoded = new byte[64];
            int stored = random.nextInt(4) == 0 ? random.nextInt(Integer.MAX_VALUE) : random.nextInt(2_000);
            ValuePointer.write(encoded, 0, stored, 0, stored);
            ValuePointer.place(encoded, 0, id, random.nextInt(20_000));
            ValuePointer pointer = new ValuePointer();
            try (ValueLog values = new ValueLog(root, store, false, 4)) {
                if (pointer.parse(encoded, 0, ValuePointer.encodedLength(stored, 0, stored)) && stored < 1 << 20) {
                    assertThat(values.read(pointer)).hasSize(stored);
                }
            }
        });
    }
}
