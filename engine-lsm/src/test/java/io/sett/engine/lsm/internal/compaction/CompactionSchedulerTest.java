// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.compaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sett.api.error.CancelledException;
import io.sett.api.error.DeadlineExceededException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.StorageUnavailableException;
import io.sett.engine.lsm.internal.base.InternalCursor;
import io.sett.engine.lsm.internal.base.InternalKey;
import io.sett.engine.lsm.internal.base.ModelEntries;
import io.sett.engine.lsm.internal.base.ValueCell;
import io.sett.engine.lsm.internal.cache.BlockCache;
import io.sett.engine.lsm.internal.io.StoreDirectory;
import io.sett.engine.lsm.internal.table.PinBudget;
import io.sett.engine.lsm.internal.table.TableCache;
import io.sett.engine.lsm.internal.table.TableOptions;
import io.sett.engine.lsm.internal.table.TableSequence;
import io.sett.engine.lsm.internal.version.FileMetadata;
import io.sett.engine.lsm.internal.version.Version;
import io.sett.engine.lsm.internal.version.VersionEdit;
import io.sett.engine.lsm.internal.version.VersionSet;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactionSchedulerTest implements CompactionHost {

    private static final UUID STORE = new UUID(5, 6);

    @TempDir
    Path directory;
    private final ConcurrentLinkedQueue<CompactionJob.Result> completed = new ConcurrentLinkedQueue<>();
    private final List<RuntimeException> failures = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final Deque<Runnable> delayed = new ArrayDeque<>();
    private final Set<Long> reading = new HashSet<>();
    private VersionSet versions;
    private TableCache tables;
    private ExecutorService threads;
    private RuntimeException failing;
    private RuntimeException gaveUp;
    private String shared;
    private long newest;

    @BeforeEach
    void open() {
        versions = VersionSet.create(StoreDirectory.create(directory.resolve("s")), STORE, 0, id -> tables.evict(id));
        tables = new TableCache(directory.resolve("s"), STORE, true, new BlockCache<>(1 << 20), new PinBudget(0), 10);
    }

    @AfterEach
    void close() throws InterruptedException {
        if (threads != null) {
            threads.shutdown();
            assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        }
        tables.close();
        versions.close();
    }

    private TableSequence.Place place() {
        return new TableSequence.Place(directory.resolve("s"), STORE, versions::newFileId,
                TableOptions.DEFAULTS.withBlockSize(512), 8_000, () -> 0);
    }

    private CompactionScheduler scheduler(int workers) {
        return new CompactionScheduler(new LeveledPolicy(new CompactionOptions(2, 20_000, 4, 4_000, 1, 0.5)), this,
                setting(workers), workers);
    }

    private CompactionJob.Setting setting(int slices) {
        return new CompactionJob.Setting(tables, place(), 1, slices, this::execute);
    }

    /** Adds a table to level 0. */
    private void flush(Random random, int entries) {
        ModelEntries model = new ModelEntries();
        newest++;
        for (int i = 0; i < entries; i++) {
            byte[] key = new byte[4];
            random.nextBytes(key);
            model.entries.put(InternalKey.encode(key, newest, 1), ValueCell.encode((byte) 0, 0, new byte[20]));
        }
        try (TableSequence sequence = new TableSequence(place()); InternalCursor cursor = model.cursor()) {
            for (boolean more = cursor.first(); more; more = cursor.next()) {
                sequence.add(cursor);
            }
            VersionEdit.Builder edit = VersionEdit.builder();
            sequence.finish().forEach(output -> edit.addFile(FileMetadata.of(output, 0)));
            versions.apply(edit.build());
        }
    }

    private long entries() {
        return versions.peek().allFiles().stream().mapToLong(FileMetadata::entries).sum();
    }

    @Test
    void workersNeverShareATable() throws InterruptedException {
        threads = Executors.newFixedThreadPool(4);
        Random random = new Random(1);
        try (CompactionScheduler scheduler = scheduler(4)) {
            for (int i = 0; i < 40; i++) {
                flush(random, 300);
                scheduler.trigger();
            }
            scheduler.pause();
            scheduler.restart();
            scheduler.pause();
            scheduler.restart();
        }
        assertThat(shared).isNull();
        assertThat(completed).isNotEmpty();
        assertThat(completed).as("one compaction by several threads").anyMatch(result -> result.slices() > 1);
        assertThat(entries()).isEqualTo(40 * 300);
        assertThat(gaveUp).isNull();
    }

    @Test
    void failuresAreRetriedLaterAndLaterAndNotForEver() {
        Random random = new Random(2);
        flush(random, 50);
        flush(random, 50);
        failing = new StorageUnavailableException(ErrorCode.STORAGE_UNAVAILABLE, "the disk is gone");
        try (CompactionScheduler scheduler = scheduler(1)) {
            scheduler.trigger();
            runAll();
            assertThat(failures).hasSize(CompactionScheduler.MAX_ATTEMPTS - 1);
            assertThat(gaveUp).isSameAs(failing);
            assertThat(pauses.get(1)).isEqualTo(pauses.get(0).multipliedBy(2));
            scheduler.trigger();
            assertThat(tasks).isEmpty();
            failing = null;
            scheduler.resume();
            runAll();
            assertThat(completed).hasSize(1);
            assertThat(scheduler.running()).isZero();
        }
        assertThat(entries()).isEqualTo(100);
    }

    private void runAll() {
        while (!tasks.isEmpty() || !delayed.isEmpty()) {
            (tasks.isEmpty() ? delayed : tasks).removeFirst().run();
        }
    }

    @Test
    void aManualCompactionEndsAtItsDeadlineOrInterrupt() {
        flush(new Random(3), 50);
        try (CompactionScheduler scheduler = scheduler(0)) {
            assertThatThrownBy(() -> scheduler.compact(KeyLimits.ALL, System.nanoTime() - 1, result -> { }))
                    .isInstanceOf(DeadlineExceededException.class);
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> scheduler.compact(KeyLimits.ALL, Long.MAX_VALUE, result -> { }))
                    .isInstanceOf(CancelledException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(versions.peek().files(0)).hasSize(1);
            List<CompactionJob.Result> steps = new ArrayList<>();
            scheduler.compact(KeyLimits.ALL, Long.MAX_VALUE, steps::add);
            assertThat(steps).isNotEmpty();
            assertThat(versions.peek().files(0)).isEmpty();
            assertThat(entries()).isEqualTo(50);
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void whatIsCancelledLeavesNothingBehind() {
        Random random = new Random(4);
        flush(random, 3000);
        flush(random, 3000);
        Version version = versions.peek();
        Compaction chosen = new LeveledPolicy(new CompactionOptions(2, 20_000, 4, 4_000, 1, 0.5))
                .pick(version, InFlight.NONE, new Horizon(0, 0)).orElseThrow();
        int before = StoreDirectory.of(directory.resolve("s")).list().size();
        int[] asked = {0};
        CompactionJob job = new CompactionJob(chosen, version, setting(1), new Horizon(0, 0),
                () -> ++asked[0] > 3);
        assertThatThrownBy(job::run).isInstanceOf(CancelledException.class).hasMessageContaining("LEVEL0_TO_BASE");
        assertThat(StoreDirectory.of(directory.resolve("s")).list()).hasSize(before);
    }

    @Test
    void slicesOfOneCompactionFailTogether() throws InterruptedException {
        threads = Executors.newFixedThreadPool(3);
        Random random = new Random(4);
        flush(random, 3000);
        flush(random, 3000);
        Version version = versions.peek();
        Compaction chosen = new LeveledPolicy(new CompactionOptions(2, 20_000, 4, 4_000, 1, 0.5))
                .pick(version, InFlight.NONE, new Horizon(0, 0)).orElseThrow();
        int before = StoreDirectory.of(directory.resolve("s")).list().size();
        AtomicInteger asked = new AtomicInteger();
        assertThatThrownBy(() -> new CompactionJob(chosen, version, setting(4), new Horizon(0, 0),
                () -> asked.incrementAndGet() > 5).run()).isInstanceOf(CancelledException.class);
        assertThat(StoreDirectory.of(directory.resolve("s")).list()).hasSize(before);
        CompactionJob.Result whole = new CompactionJob(chosen, version, setting(1), new Horizon(0, 0), () -> false)
                .run();
        CompactionJob.Result cut = new CompactionJob(chosen, version, setting(4), new Horizon(0, 0), () -> false)
                .run();
        assertThat(whole.slices()).isOne();
        assertThat(cut.slices()).isEqualTo(4);
        assertThat(content(cut)).isEqualTo(content(whole)).hasSize(6000);
        versions.apply(cut.edit());
        assertThat(entries()).isEqualTo(6000);
    }

    private List<String> content(CompactionJob.Result result) {
        List<String> found = new ArrayList<>();
        for (FileMetadata file : result.edit().addedFiles()) {
            try (InternalCursor cursor = tables.get(file.id()).cursor(false)) {
                for (boolean more = cursor.first(); more; more = cursor.next()) {
                    found.add(InternalKey.describe(cursor.internalKey()));
                }
            }
        }
        return found;
    }

    @Test
    void flatteningBringsAllIntoOneLevelWithoutRewritingIt() {
        Random random = new Random(6);
        try (CompactionScheduler scheduler = scheduler(0)) {
            flush(random, 2000);
            scheduler.compact(KeyLimits.ALL, Long.MAX_VALUE, result -> { });
            List<FileMetadata> deepest = versions.peek().allFiles();
            scheduler.flatten(Long.MAX_VALUE, result -> { });
            assertThat(versions.peek().allFiles()).isEqualTo(deepest);
            flush(random, 500);
            scheduler.flatten(Long.MAX_VALUE, result -> { });
            int level = deepest.get(0).level();
            assertThat(versions.peek().allFiles()).allMatch(file -> file.level() == level);
            assertThat(entries()).isEqualTo(2500);
        }
    }

    @Override
    public Version holdVersion() {
        return versions.acquire();
    }

    @Override
    public Horizon horizon() {
        return new Horizon(newest, 0);
    }

    @Override
    public long newestVersion() {
        return newest;
    }

    @Override
    public void apply(VersionEdit edit) {
        versions.apply(edit);
    }

    @Override
    public void execute(Runnable task) {
        if (threads != null) {
            threads.execute(task);
        } else {
            tasks.add(task);
        }
    }

    @Override
    public void later(Duration delay, Runnable task) {
        pauses.add(delay);
        delayed.add(task);
    }

    @Override
    public synchronized Course began(Compaction compaction) {
        if (failing != null) {
            throw failing;
        }
        for (FileMetadata file : compaction.allInputs()) {
            if (!reading.add(file.id())) {
                shared = "table " + file.id() + " is read by two compactions: " + compaction;
            }
        }
        return new Course() {
            @Override
            public void completed(CompactionJob.Result result) {
                completed.add(result);
                abandoned();
            }

            @Override
            public void abandoned() {
                synchronized (CompactionSchedulerTest.this) {
                    // Moved tables may be read again under their number.
                    compaction.allInputs().forEach(file -> reading.remove(file.id()));
                }
            }
        };
    }

    @Override
    public void failed(Compaction compaction, RuntimeException cause, int attempt) {
        failures.add(cause);
    }

    @Override
    public void gaveUp(RuntimeException cause) {
        gaveUp = cause;
    }
}
