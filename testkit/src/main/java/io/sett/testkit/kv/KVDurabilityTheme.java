// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.kv;

import static io.sett.testkit.Bytes.bytes;
import static io.sett.testkit.Bytes.pattern;
import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.common.Capability;
import io.sett.api.common.Durability;
import io.sett.api.error.StorageException;
import io.sett.api.kv.KVBatch;
import io.sett.api.kv.KVStore;
import io.sett.api.kv.PutOptions;
import io.sett.api.kv.Transaction;
import io.sett.api.kv.WriteOptions;
import io.sett.testkit.Stress;
import io.sett.testkit.Theme;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is there after closing and opening again. */
@Theme("durability")
public interface KVDurabilityTheme extends KVTheme {

    /** Whether the store keeps its content; if not, that it is empty after reopening is checked. */
    private boolean isPersistent() {
        if (offers(Capability.PERSISTENT)) {
            return true;
        }
        fill("a", "1");
        fixture().reopen();
        assertThat(content(store())).as("a store that is not persistent begins empty").isEmpty();
        refuses(Capability.PERSISTENT, () -> store().put(bytes("a"), bytes("1"), PutOptions.defaults(),
                WriteOptions.defaults().withDurability(Durability.PROCESS)));
        return false;
    }

    @Test
    default void everythingIsThereAfterReopening() {
        if (isPersistent()) {
            fill("a", "1", "b", "2", "c", "3", "a", "4");
            store().delete(bytes("b"));
            store().put(bytes("empty"), new byte[0]);
            byte[] large = pattern((int) Math.min(store().limits().maxValueBytes(), 200_000), 1);
            store().put(bytes("large"), large);
            fixture().reopen();
            assertThat(store().getOrThrow(bytes("large"))).isEqualTo(large);
            store().delete(bytes("large"));
            assertThat(content(store())).containsExactly("a=4", "c=3", "empty=");
            fixture().reopen();
            assertThat(content(store())).containsExactly("a=4", "c=3", "empty=");
        }
    }

    @Test
    default void whatIsDeletedStaysDeleted() {
        if (isPersistent()) {
            for (int round = 0; round < 5; round++) {
                for (int i = 0; i < 200; i++) {
                    fill("k" + i, "round" + round);
                }
                fixture().reopen();
                for (int i = 0; i < 200; i++) {
                    store().delete(bytes("k" + i));
                }
                fixture().reopen();
                assertThat(store().count(bytes("k"))).as("deleted keys in round %d", round).isZero();
                assertThat(store().has(bytes("k7"))).isFalse();
            }
        }
    }

    @Test
    default void whatWasNotCommittedIsNotThere() {
        if (isPersistent()) {
            fill("a", "1");
            KVStore store = store();
            try (Transaction transaction = begin(); KVBatch batch = store.batchBegin()) {
                put(transaction, "a", "2");
                put(batch, "b", "2");
            }
            fixture().reopen();
            assertThat(content(store())).containsExactly("a=1");
        }
    }

    @Test
    default void versionsGoOnGrowing() {
        if (isPersistent()) {
            fill("a", "1");
            long before = store().version();
            long versionOfA = store().entry(bytes("a")).orElseThrow().version();
            fixture().reopen();
            assertThat(store().version()).isGreaterThanOrEqualTo(before);
            assertThat(store().entry(bytes("a")).orElseThrow().version()).isEqualTo(versionOfA);
            fill("b", "1");
            assertThat(store().entry(bytes("b")).orElseThrow().version()).isGreaterThan(before);
        }
    }

    @Test
    default void manyReopeningsLoseNothing() {
        if (isPersistent()) {
            Random random = new Random(5);
            TreeMap<String, String> expected = new TreeMap<>();
            for (int round = 0; round < Stress.times(10, 100); round++) {
                for (int i = 0; i < 100; i++) {
                    String key = "k" + random.nextInt(300);
                    if (random.nextInt(4) == 0) {
                        store().delete(bytes(key));
                        expected.remove(key);
                    } else {
                        fill(key, round + "." + i);
                        expected.put(key, round + "." + i);
                    }
                }
                fixture().reopen();
                List<String> all = expected.entrySet().stream().map(Object::toString).toList();
                assertThat(content(store())).as("after reopening number %d", round + 1).isEqualTo(all);
            }
        }
    }

    @Test
    default void everyDurabilityIsThereAfterReopening() {
        if (isPersistent()) {
            for (Durability durability : Durability.values()) {
                WriteOptions write = WriteOptions.defaults().withDurability(durability);
                if (durability == Durability.SYNC && !offers(Capability.SYNC_WRITES)) {
                    refuses(Capability.SYNC_WRITES,
                            () -> store().put(bytes("k"), bytes("v"), PutOptions.defaults(), write));
                } else {
                    store().put(bytes("" + durability), bytes("v"), PutOptions.defaults(), write);
                }
            }
            long written = store().count(new byte[0]);
            fixture().reopen();
            assertThat(store().count(new byte[0])).isEqualTo(written);
        }
    }

    @Test
    default void acknowledgedWritesAreInTheFilesWhileTheStoreIsOpen() {
        if (isPersistent()) {
            WriteOptions write = WriteOptions.defaults().withDurability(Durability.PROCESS);
            for (int i = 0; i < 50; i++) {
                store().put(bytes("k" + i), bytes("v" + i), PutOptions.defaults(), write);
            }
            store().delete(bytes("k7"), write);
            KVStore copy = fixture().openCopy();
            assertThat(content(copy)).as("a copy of the files, as a killed process leaves them")
                    .isEqualTo(content(store()));
            put(copy, "more", "works");
            assertThat(get(copy, "more")).contains("works");
        }
    }

    @Test
    default void aSecondOpeningNamesTheHolder() {
        if (isPersistent()) {
            fill("a", "1");
            StorageException error = failing(StorageException.class, () -> fixture().openSamePlace());
            assertThat(error.getMessage()).as("the process that holds the place is named")
                    .contains("" + ProcessHandle.current().pid());
            assertThat(get(store(), "a")).as("the first store goes on working").contains("1");
            fill("b", "2");
            fixture().reopen();
            assertThat(content(store())).containsExactly("a=1", "b=2");
        }
    }
}
