// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.kv;

import static io.sett.testkit.Bytes.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.common.Capability;
import io.sett.api.error.CancelledException;
import io.sett.api.error.ClosedException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.error.LimitExceededException;
import io.sett.api.error.TransactionConflictException;
import io.sett.api.kv.BulkLoad;
import io.sett.api.kv.BulkLoadOptions;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.KVStore;
import io.sett.api.kv.PutOptions;
import io.sett.api.kv.Transaction;
import io.sett.testkit.Stress;
import io.sett.testkit.Theme;
import java.time.Duration;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Loading many entries at once. */
@Theme("bulk load")
public interface KVBulkLoadTheme extends KVTheme {

    private static String key(int i) {
        return String.format("k%07d", i);
    }

    @Test
    default void aBulkLoadBecomesVisibleAtOnce() {
        if (!offers(Capability.BULK_LOAD)) {
            refuses(Capability.BULK_LOAD, () -> store().bulkLoad(BulkLoadOptions.defaults()),
                    () -> store().bulkLoad(BulkLoadOptions.unsorted()));
            return;
        }
        fillKeys("a", "z");
        long before = store().version();
        try (BulkLoad load = store().bulkLoad(BulkLoadOptions.defaults())) {
            for (int i = 0; i < 5000; i++) {
                load.put(bytes(key(i)), bytes("v" + i));
            }
            assertThat(load.entries()).isEqualTo(5000);
            assertThat(load.bytes()).isPositive();
            assertThat(content(store())).containsExactly("a=a", "z=z");
            long version = load.commit();
            assertThat(version).isEqualTo(before + 1);
            assertThat(store().version()).isEqualTo(version);
        }
        assertThat(store().count(bytes("k"))).isEqualTo(5000);
        for (int i = 0; i < 5000; i += 7) {
            assertThat(get(store(), key(i))).contains("v" + i);
        }
        assertThat(store().entry(bytes(key(3))).orElseThrow().version()).isEqualTo(before + 1);
        put(store(), key(5), "newer");
        assertThat(get(store(), key(5))).contains("newer");
        assertThat(store().version()).isEqualTo(before + 2);
    }

    @Test
    default void aBulkLoadIsNewerThanWhatIsThere() {
        if (!offers(Capability.BULK_LOAD)) {
            return;
        }
        for (int round = 0; round < 3; round++) {
            put(store(), key(1), "put" + round);
            put(store(), key(100 + round), "kept" + round);
            try (Cursor cursor = store().iterate(bytes("k"));
                    BulkLoad load = store().bulkLoad(BulkLoadOptions.defaults())) {
                for (int i = 0; i < 50; i++) {
                    load.put(bytes(key(i)), bytes("load" + round));
                }
                put(store(), key(2), "meanwhile");
                load.commit();
                assertThat(cursor.next()).isTrue();
                assertThat(cursor.seek(bytes(key(1)))).isTrue();
                assertThat(cursor.value()).isEqualTo(bytes("put" + round));
            }
            assertThat(get(store(), key(1))).contains("load" + round);
            assertThat(get(store(), key(2))).contains("load" + round);
            assertThat(get(store(), key(100))).contains("kept0");
            store().delete(bytes(key(3)));
            assertThat(store().count(bytes("k"))).isEqualTo(49 + round + 1);
            if (offers(Capability.COMPACTION) && round == 1) {
                store().maintenance().compact();
            }
            if (offers(Capability.PERSISTENT)) {
                fixture().reopen();
                assertThat(get(store(), key(1))).contains("load" + round);
                assertThat(store().count(bytes("k"))).isEqualTo(49 + round + 1);
            }
        }
    }

    @Test
    default void whatIsNotCommittedIsNotThere() {
        if (!offers(Capability.BULK_LOAD)) {
            return;
        }
        fillKeys("a");
        for (boolean sorted : new boolean[] {true, false}) {
            BulkLoadOptions options = BulkLoadOptions.defaults().withSorted(sorted).withSortMemory(1 << 16);
            try (BulkLoad load = store().bulkLoad(options)) {
                for (int i = 0; i < 3000; i++) {
                    load.put(bytes(key(i)), bytes("v"));
                }
            }
            try (BulkLoad empty = store().bulkLoad(options)) {
                assertThat(empty.commit()).isZero();
                failing(ClosedException.class, empty::commit);
                failing(ClosedException.class, () -> empty.put(bytes("b"), bytes("v")));
            }
        }
        if (offers(Capability.PERSISTENT)) {
            fixture().reopen();
        }
        assertThat(content(store())).containsExactly("a=a");
        assertThat(store().version()).isEqualTo(1);
    }

    @Test
    default void keysOutOfOrderAreRefusedUnlessSortingIsAskedFor() {
        if (!offers(Capability.BULK_LOAD)) {
            return;
        }
        try (BulkLoad load = store().bulkLoad(BulkLoadOptions.defaults())) {
            put(load, "b");
            failing(InvalidOperationException.class, ErrorCode.INVALID_ARGUMENT, () -> put(load, "b"));
            failing(InvalidOperationException.class, ErrorCode.INVALID_ARGUMENT, () -> put(load, "a"));
            failing(InvalidOperationException.class, ErrorCode.INVALID_ARGUMENT, () -> put(load, ""));
            failing(LimitExceededException.class, ErrorCode.ENTRY_TOO_LARGE, () -> load.put(
                    new byte[(int) Math.min(1 << 20, store().limits().maxKeyBytes() + 1)], bytes("v")));
            put(load, "c");
            load.commit();
        }
        assertThat(content(store())).containsExactly("b=v", "c=v");
    }

    private static void put(BulkLoad load, String key) {
        load.put(bytes(key), bytes("v"));
    }

    @Test
    default void unsortedEntriesAreSortedAndTheLastOfAKeyCounts() {
        if (!offers(Capability.BULK_LOAD)) {
            return;
        }
        long seed = Stress.seed();
        Random random = new Random(seed);
        TreeMap<String, String> expected = new TreeMap<>();
        try (BulkLoad load = store().bulkLoad(BulkLoadOptions.unsorted().withSortMemory(1 << 16))) {
            for (int i = 0; i < 20_000; i++) {
                String key = key(random.nextInt(8000));
                load.put(bytes(key), bytes("v" + i));
                expected.put(key, key + "=v" + i);
            }
            load.commit();
        }
        assertThat(content(store())).as("-Dsett.seed=" + seed).containsExactlyElementsOf(expected.values());
    }

    @Test
    default void anInterruptionEndsABulkLoad() {
        if (!offers(Capability.BULK_LOAD)) {
            return;
        }
        try (BulkLoad load = store().bulkLoad(BulkLoadOptions.defaults())) {
            put(load, "a");
            Thread.currentThread().interrupt();
            failing(CancelledException.class, load::commit);
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(content(store())).isEmpty();
    }

    @Test
    default void whoReadWhatIsLoadedConflicts() {
        if (!offers(Capability.BULK_LOAD)) {
            return;
        }
        try (Transaction transaction = begin(); BulkLoad load = store().bulkLoad(BulkLoadOptions.defaults())) {
            assertThat(transaction.getForUpdate(bytes("b"))).isEmpty();
            put(transaction, "b", "mine");
            put(load, "b");
            load.commit();
            failing(TransactionConflictException.class, transaction::commit);
        }
        assertThat(content(store())).containsExactly("b=v");
    }

    @Test
    default void loadedEntriesExpireAndKeepTheirMetadata() {
        if (!offers(Capability.BULK_LOAD) || !offers(Capability.TTL) || !offers(Capability.USER_METADATA)) {
            return;
        }
        try (BulkLoad load = store().bulkLoad(BulkLoadOptions.defaults())) {
            load.put(bytes("a"), bytes("v"), PutOptions.ttl(Duration.ofSeconds(5)));
            load.put(bytes("b"), bytes("v"), PutOptions.defaults().withMetadata((byte) 7));
            load.commit();
        }
        assertThat(store().entry(bytes("b")).orElseThrow().metadata()).isEqualTo((byte) 7);
        assertThat(store().has(bytes("a"))).isTrue();
        advance(Duration.ofSeconds(6));
        assertThat(content(store())).containsExactly("b=v");
    }

    @Test
    default void aKeyspaceIsLoadedAlone() {
        if (!offers(Capability.BULK_LOAD) || !offers(Capability.KEYSPACES)) {
            return;
        }
        KVStore one = store().keyspace("one");
        put(one, "a", "1");
        put(store(), "a", "0");
        try (BulkLoad load = one.bulkLoad(BulkLoadOptions.unsorted())) {
            put(load, "c");
            put(load, "b");
            load.commit();
        }
        assertThat(content(one)).containsExactly("a=1", "b=v", "c=v");
        assertThat(content(store())).containsExactly("a=0");
    }

    @Test
    default void aBulkLoadLeftOpenEndsWithItsStore() {
        if (!offers(Capability.BULK_LOAD)) {
            return;
        }
        BulkLoad load = store().bulkLoad(BulkLoadOptions.defaults());
        put(load, "a");
        store().close();
        failing(ClosedException.class, () -> put(load, "b"));
        failing(ClosedException.class, load::commit);
        load.close();
    }
}
