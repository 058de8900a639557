// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sett.api.common.KeyRange;
import io.sett.api.common.StoreKind;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.LimitExceededException;
import io.sett.api.error.TransactionConflictException;
import io.sett.api.kv.BulkLoad;
import io.sett.api.kv.BulkLoadOptions;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.CursorOptions;
import io.sett.api.kv.KVBatch;
import io.sett.api.kv.KVReader;
import io.sett.api.kv.KVStore;
import io.sett.api.kv.KVWriter;
import io.sett.api.kv.Transaction;
import io.sett.api.kv.VerifyLevel;
import io.sett.engine.lsm.internal.base.Seeds;
import io.sett.engine.lsm.internal.version.Version;
import io.sett.spi.EngineContext;
import io.sett.spi.settings.EngineSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Entries that reach tables past the log: bulk loads and transactions that are spilled. */
class LsmIngestTest {

    @TempDir
    Path root;

    private KVStore open(Path directory, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.put("path", "");
        settings.put("mem_table_size", 64 << 10);
        LsmEngineProvider engine = new LsmEngineProvider();
        EngineSettings checked = EngineSettings.of("test", engine.schema(StoreKind.KEY_VALUE), settings);
        return (KVStore) engine.open(StoreKind.KEY_VALUE,
                EngineContext.of("test", StoreKind.KEY_VALUE, checked).withDataRoot(directory));
    }

    private KVStore spilling(Path directory) {
        return open(directory, Map.of("transaction.spill", true, "transaction.max_batch_size", 16 << 10));
    }

    private static byte[] key(int i) {
        return String.format("key%08d", i).getBytes(UTF_8);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                if (!file.getFileName().toString().contains("LOCK")) {
                    Files.copy(file, to.resolve(from.relativize(file).toString()));
                }
            }
        }
    }

    private static void assertContent(KVReader reader, NavigableMap<byte[], byte[]> expected, String hint) {
        for (boolean reverse : new boolean[] {false, true}) {
            try (Cursor cursor = reader.cursor(CursorOptions.defaults().withReverse(reverse))) {
                for (Map.Entry<byte[], byte[]> entry : (reverse ? expected.descendingMap() : expected).entrySet()) {
                    assertThat(cursor.next()).as(hint).isTrue();
                    assertThat(cursor.key()).as(hint).isEqualTo(entry.getKey());
                    assertThat(cursor.value()).as(hint).isEqualTo(entry.getValue());
                }
                assertThat(cursor.next()).as(hint).isFalse();
            }
        }
    }

    @Test
    void aCrashBeforeCommitLeavesNothingAndAfterItEverything() throws IOException {
        Path home = Files.createDirectory(root.resolve("store"));
        Path before = root.resolve("before");
        Path after = root.resolve("after");
        try (KVStore store = open(home, Map.of());
                BulkLoad load = store.bulkLoad(BulkLoadOptions.unsorted().withSortMemory(64 << 10))) {
            store.put(key(5), "old".getBytes(UTF_8));
            for (int i = 10_000; i > 0; i--) {
                load.put(key(i), "loaded".getBytes(UTF_8));
            }
            copy(home, before);
            assertThat(load.commit()).isEqualTo(2);
            copy(home, after);
            store.put(key(5), "new".getBytes(UTF_8));
        }
        try (KVStore store = open(before, Map.of())) {
            assertThat(store.count(new byte[0])).isOne();
            assertThat(store.version()).isOne();
            try (Stream<Path> files = Files.list(before)) {
                assertThat(files.filter(file -> file.toString().endsWith(".sst"))).isEmpty();
            }
        }
        try (KVStore store = open(after, Map.of())) {
            assertThat(store.count(new byte[0])).isEqualTo(10_000);
            assertThat(store.getOrThrow(key(5))).isEqualTo("loaded".getBytes(UTF_8));
            assertThat(store.version()).isEqualTo(2);
            assertThat(store.maintenance().verify(VerifyLevel.FULL).problems()).isEmpty();
        }
        try (KVStore store = open(home, Map.of())) {
            assertThat(store.getOrThrow(key(5))).isEqualTo("new".getBytes(UTF_8));
            store.maintenance().compact();
            assertThat(store.count(new byte[0])).isEqualTo(10_000);
            assertThat(store.version()).isEqualTo(3);
        }
    }

    @Test
    void aPrefixScanOpensNoOtherTable() throws IOException {
        Path home = Files.createDirectory(root.resolve("prefixes"));
        Map<String, Object> quiet = Map.of("maintenance.auto_compaction", false);
        try (KVStore store = open(home, quiet)) {
            for (int prefix = 0; prefix < 20; prefix++) {
                try (BulkLoad load = store.bulkLoad(BulkLoadOptions.defaults())) {
                    for (int i = 0; i < 50; i++) {
                        load.put(String.format("p%02d/%04d", prefix, i).getBytes(UTF_8), new byte[10]);
                    }
                    load.commit();
                }
            }
        }
        try (KVStore store = open(home, quiet)) {
            assertThat(store.unwrap(Version.class).fileCount()).isEqualTo(20);
            assertThat(store.metrics().counters().get("tables_opened_total")).isZero();
            assertThat(store.count("p07/".getBytes(UTF_8))).isEqualTo(50);
            assertThat(store.metrics().counters().get("tables_opened_total")).isOne();
            assertThat(store.count(new byte[0])).isEqualTo(1000);
            assertThat(store.metrics().counters().get("tables_opened_total")).isEqualTo(20);
        }
    }

    @Test
    void theSizeIsThatOfTheFiles() throws IOException {
        Path home = Files.createDirectory(root.resolve("size"));
        Random random = new Random(1);
        try (KVStore store = open(home, Map.of())) {
            for (int i = 0; i < 4000; i++) {
                store.put(key(i), Seeds.bytes(random, 100));
            }
            store.maintenance().compact();
        }
        // Opened anew, so that no file waits for being deleted.
        try (KVStore store = open(home, Map.of("maintenance.auto_compaction", false))) {
            long bytes = 0;
            try (Stream<Path> files = Files.list(home)) {
                for (Path file : files.toList()) {
                    bytes += Files.size(file);
                }
            }
            assertThat(store.size()).isBetween(bytes * 95 / 100, bytes * 105 / 100);
        }
    }

    @Test
    void tablesThatNothingIsInTheWayOfGoToTheDeepestLevel() throws IOException {
        try (KVStore store = open(Files.createDirectory(root.resolve("deep")), Map.of())) {
            try (BulkLoad load = store.bulkLoad(BulkLoadOptions.defaults())) {
                for (int i = 0; i < 1000; i++) {
                    load.put(key(i), new byte[20]);
                }
                load.commit();
            }
            assertThat(store.unwrap(Version.class).files(Version.LEVELS - 1)).hasSize(1);
            try (BulkLoad load = store.bulkLoad(BulkLoadOptions.defaults())) {
                load.put(key(500), new byte[1]);
                load.commit();
            }
            assertThat(store.unwrap(Version.class).files(Version.LEVELS - 2)).hasSize(1);
            assertThat(store.getOrThrow(key(500))).hasSize(1);
        }
    }

    @Test
    void aSpilledTransactionIsLikeEveryOther() throws IOException {
        long seed = Seeds.next();
        Random random = new Random(seed);
        Path home = Files.createDirectory(root.resolve("spilled"));
        TreeMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
        TreeMap<byte[], byte[]> committed;
        try (KVStore store = spilling(home)) {
            for (int i = 0; i < 300; i++) {
                write(store, model, random);
            }
            committed = new TreeMap<>(model);
            try (Transaction transaction = store.transaction(false)) {
                for (int i = 0; i < 6000; i++) {
                    write(transaction, model, random);
                    byte[] asked = key(random.nextInt(3000));
                    assertThat(transaction.get(asked).orElse(null)).as(Seeds.replay(seed)).isEqualTo(model.get(asked));
                    if (i % 1500 == 700) {
                        assertContent(transaction, model, Seeds.replay(seed));
                    }
                }
                assertThat(transaction.size().bytes()).isGreaterThan(100 << 10);
                assertContent(transaction, model, Seeds.replay(seed));
                assertContent(store, committed, Seeds.replay(seed));
                assertThatThrownBy(() -> transaction.deleteRange(KeyRange.all()))
                        .isInstanceOf(LimitExceededException.class).hasMessageContaining("temporary files");
                long version = transaction.commit();
                assertThat(store.version()).isEqualTo(version);
            }
            assertContent(store, model, Seeds.replay(seed));
            write(store, model, random);
        }
        try (KVStore store = spilling(home)) {
            assertContent(store, model, Seeds.replay(seed));
            assertThat(store.maintenance().verify(VerifyLevel.FULL).problems()).isEmpty();
            store.maintenance().compact();
            assertContent(store, model, Seeds.replay(seed));
        }
    }

    private static void write(KVWriter writer, TreeMap<byte[], byte[]> model, Random random) {
        byte[] key = key(random.nextInt(3000));
        if (random.nextInt(6) == 0) {
            writer.delete(key);
            model.remove(key);
        } else {
            byte[] value = Seeds.bytes(random, random.nextInt(60));
            writer.put(key, value);
            model.put(key, value);
        }
    }

    @Test
    void aSpilledBatchIsAtomicAndWhatIsNotWrittenLeavesNoFile() throws IOException {
        Path home = Files.createDirectory(root.resolve("batch"));
        try (KVStore store = spilling(home)) {
            store.delete(key(1));
            try (KVBatch batch = store.batchBegin()) {
                for (int i = 0; i < 5000; i++) {
                    batch.put(key(i), new byte[30]);
                }
                assertThat(batch.byteSize()).isEqualTo(5000L * (11 + 30));
                batch.reset();
                assertThat(batch.size()).isZero();
                for (int i = 0; i < 4000; i++) {
                    batch.put(key(i), new byte[30]);
                }
                assertThat(store.count(new byte[0])).isZero();
                assertThat(batch.write()).isEqualTo(2);
                assertThat(store.count(new byte[0])).isEqualTo(4000);
                for (int i = 4000; i < 6000; i++) {
                    batch.put(key(i), new byte[30]);
                }
            }
            assertThat(store.count(new byte[0])).isEqualTo(4000);
            int live = store.unwrap(Version.class).fileCount();
            try (Stream<Path> files = Files.list(home)) {
                assertThat(files.filter(file -> file.toString().endsWith(".sst"))).hasSize(live);
            }
        }
    }

    @Test
    void spilledTransactionsConflict() throws IOException {
        try (KVStore store = spilling(Files.createDirectory(root.resolve("conflicts")))) {
            store.put(key(1), new byte[1]);
            try (Transaction large = store.transaction(false); Transaction other = store.transaction(false)) {
                assertThat(large.get(key(1))).isPresent();
                assertThat(other.get(key(77))).isEmpty();
                other.put(key(9000), new byte[1]);
                for (int i = 0; i < 3000; i++) {
                    large.put(key(i), new byte[30]);
                }
                large.commit();
                assertThatThrownBy(other::commit).isInstanceOf(TransactionConflictException.class);
            }
            try (Transaction large = store.transaction(false)) {
                assertThat(large.get(key(1))).isPresent();
                for (int i = 0; i < 3000; i++) {
                    large.put(key(i), new byte[2]);
                }
                store.put(key(1), new byte[3]);
                assertThatThrownBy(large::commit).isInstanceOf(TransactionConflictException.class);
            }
            assertThat(store.getOrThrow(key(2))).hasSize(30);
            assertThat(store.count(new byte[0])).isEqualTo(3000);
        }
    }

    @Test
    void withoutSpillingThereIsALimit() throws IOException {
        try (KVStore store = open(Files.createDirectory(root.resolve("limit")),
                Map.of("transaction.max_batch_size", 16 << 10)); Transaction transaction = store.transaction(false)) {
            assertThatThrownBy(() -> {
                for (int i = 0; i < 5000; i++) {
                    transaction.put(key(i), new byte[30]);
                }
            }).isInstanceOfSatisfying(LimitExceededException.class,
                    error -> assertThat(error.code()).isEqualTo(ErrorCode.TXN_TOO_BIG));
        }
        try (KVStore store = open(Files.createDirectory(root.resolve("default")), Map.of());
                Transaction transaction = store.transaction(false)) {
            byte[] half = new byte[50 << 20];
            transaction.put(key(1), half);
            transaction.put(key(2), new byte[(50 << 20) - 22]);
            assertThat(transaction.size().bytes()).isEqualTo(104_857_600);
            assertThatThrownBy(() -> transaction.put(key(3), new byte[0]))
                    .isInstanceOfSatisfying(LimitExceededException.class,
                            error -> assertThat(error.code()).isEqualTo(ErrorCode.TXN_TOO_BIG));
        }
    }
}
