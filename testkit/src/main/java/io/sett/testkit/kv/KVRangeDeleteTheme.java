// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.kv;

import static io.sett.testkit.Bytes.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.common.Capability;
import io.sett.api.common.KeyRange;
import io.sett.api.error.TransactionConflictException;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.CursorOptions;
import io.sett.api.kv.Isolation;
import io.sett.api.kv.KVBatch;
import io.sett.api.kv.Snapshot;
import io.sett.api.kv.Transaction;
import io.sett.api.kv.TransactionOptions;
import io.sett.api.kv.WriteOptions;
import io.sett.testkit.Bytes;
import io.sett.testkit.Theme;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Deleting a range in one step: by itself, in batches, in transactions. */
@Theme("range delete")
public interface KVRangeDeleteTheme extends KVTheme {

    @Test
    default void deletingARangeIsOneStep() {
        fillKeys("a", "b", "c", "d", "e");
        if (!offers(Capability.RANGE_DELETE)) {
            refuses(Capability.RANGE_DELETE, () -> store().deleteRange(KeyRange.of(bytes("b"), bytes("d"))));
            assertThat(store().count(new byte[0])).isEqualTo(5);
            return;
        }
        long before = store().version();
        store().deleteRange(KeyRange.of(bytes("b"), bytes("d")), WriteOptions.defaults());
        assertThat(content(store())).containsExactly("a=a", "d=d", "e=e");
        assertThat(store().version()).isGreaterThan(before);
        assertThat(store().has(bytes("b"))).isFalse();
        fillKeys("b");
        try (KVBatch batch = store().batchBegin()) {
            put(batch, "bb", "bb");
            batch.write();
        }
        assertThat(store().count(bytes("b"))).isEqualTo(2);
        store().deleteRange(KeyRange.of(bytes("x"), bytes("y")));
        store().deleteRange(KeyRange.all());
        assertThat(content(store())).isEmpty();
        fillKeys("again");
        assertThat(content(store())).containsExactly("again=again");
    }

    @Test
    default void aRangeDeleteThatIsLackingIsRefusedEverywhere() {
        fillKeys("a", "b");
        KeyRange range = KeyRange.prefix(bytes("a"));
        if (offers(Capability.RANGE_DELETE)) {
            store().dropPrefix(bytes("a"));
            assertThat(content(store())).containsExactly("b=b");
            return;
        }
        try (KVBatch batch = store().batchBegin(); Transaction transaction = begin()) {
            refuses(Capability.RANGE_DELETE, () -> batch.deleteRange(range), () -> transaction.deleteRange(range),
                    () -> store().dropPrefix(bytes("a")));
            assertThat(batch.size()).isZero();
        }
        assertThat(content(store())).containsExactly("a=a", "b=b");
    }

    @Test
    default void aBatchKeepsTheOrderOfItsCalls() {
        if (!offers(Capability.RANGE_DELETE)) {
            return;
        }
        fillKeys("a", "b", "c", "d");
        try (KVBatch batch = store().batchBegin()) {
            put(batch, "b", "lost");
            put(batch, "z", "kept");
            batch.deleteRange(KeyRange.of(bytes("b"), bytes("d")));
            put(batch, "c", "new");
            assertThat(batch.size()).isEqualTo(3);
            long version = batch.write();
            assertThat(store().version()).isEqualTo(version);
        }
        assertThat(content(store())).containsExactly("a=a", "c=new", "d=d", "z=kept");
    }

    @Test
    default void aTransactionSeesItsRangeDeletes() {
        if (!offers(Capability.RANGE_DELETE)) {
            return;
        }
        fillKeys("a", "b", "c", "d", "e");
        try (Transaction transaction = begin(); Cursor before = transaction.iterate(new byte[0])) {
            put(transaction, "bb", "own");
            transaction.deleteRange(KeyRange.of(bytes("b"), bytes("d")));
            put(transaction, "c", "again");
            assertThat(get(transaction, "b")).isEmpty();
            assertThat(get(transaction, "bb")).isEmpty();
            assertThat(transaction.has(bytes("b"))).isFalse();
            assertThat(transaction.getForUpdate(bytes("b"))).isEmpty();
            assertThat(content(transaction)).containsExactly("a=a", "c=again", "d=d", "e=e");
            assertThat(keys(before)).containsExactly("a", "b", "c", "d", "e");
            try (Cursor reverse = transaction.cursor(CursorOptions.defaults().withReverse(true))) {
                assertThat(keys(reverse)).containsExactly("e", "d", "c", "a");
                assertThat(reverse.seek(bytes("bz"))).isTrue();
                assertThat(reverse.key()).isEqualTo(bytes("a"));
                assertThat(reverse.prev()).isTrue();
                assertThat(reverse.key()).isEqualTo(bytes("c"));
            }
            assertThat(content(store())).containsExactly("a=a", "b=b", "c=c", "d=d", "e=e");
            transaction.commit();
        }
        assertThat(content(store())).containsExactly("a=a", "c=again", "d=d", "e=e");
    }

    @Test
    default void aRangeDeleteIsRolledBack() {
        if (!offers(Capability.RANGE_DELETE)) {
            return;
        }
        fillKeys("a", "b");
        try (Transaction transaction = begin()) {
            transaction.deleteRange(KeyRange.all());
            assertThat(content(transaction)).isEmpty();
        }
        assertThat(content(store())).containsExactly("a=a", "b=b");
    }

    @Test
    default void whoReadTheRangeConflicts() {
        if (!offers(Capability.RANGE_DELETE)) {
            return;
        }
        fillKeys("a", "b", "c");
        TransactionOptions options = TransactionOptions.defaults().withIsolation(Isolation.SNAPSHOT);
        try (Transaction deleter = store().transaction(options)) {
            deleter.deleteRange(KeyRange.of(bytes("a"), bytes("c")));
            put(store(), "b", "newer");
            failing(TransactionConflictException.class, deleter::commit);
        }
        assertThat(content(store())).containsExactly("a=a", "b=newer", "c=c");
        try (Transaction writer = store().transaction(options)) {
            put(writer, "b", "mine");
            store().deleteRange(KeyRange.of(bytes("b"), bytes("c")));
            failing(TransactionConflictException.class, writer::commit);
        }
        assertThat(content(store())).containsExactly("a=a", "c=c");
        if (offers(Capability.SERIALIZABLE)) {
            try (Transaction reader = store().transaction(TransactionOptions.defaults())) {
                assertThat(content(reader)).hasSize(2);
                put(reader, "count", "2");
                store().dropPrefix(bytes("a"));
                failing(TransactionConflictException.class, reader::commit);
            }
        }
    }

    @Test
    default void whoReadsAnOlderMomentStillSeesTheRange() {
        if (!offers(Capability.RANGE_DELETE)) {
            return;
        }
        fillKeys("a", "b", "c");
        try (Cursor cursor = store().iterate(new byte[0])) {
            assertThat(cursor.next()).isTrue();
            store().deleteRange(KeyRange.all());
            assertThat(keys(cursor)).containsExactly("b", "c");
        }
        fillKeys("b");
        if (offers(Capability.SNAPSHOTS)) {
            try (Snapshot snapshot = store().snapshot()) {
                store().deleteRange(KeyRange.all());
                fillKeys("d");
                if (offers(Capability.COMPACTION)) {
                    store().maintenance().compact();
                }
                assertThat(content(snapshot)).containsExactly("b=b");
                assertThat(get(snapshot, "b")).contains("b");
                assertThat(get(snapshot, "d")).isEmpty();
            }
            assertThat(content(store())).containsExactly("d=d");
        }
    }

    @Test
    default void historyShowsADeletionOfEachKey() {
        if (!offers(Capability.RANGE_DELETE) || !offers(Capability.VERSION_HISTORY) || !offers(Capability.SNAPSHOTS)) {
            return;
        }
        fill("a", "1", "b", "1");
        try (Snapshot before = store().snapshot()) {
            store().deleteRange(KeyRange.of(bytes("a"), bytes("c")));
            long deleted = store().version();
            fill("a", "2");
            List<String> all = new ArrayList<>();
            try (Cursor cursor = store().cursor(CursorOptions.defaults().withAllVersions(true))) {
                while (cursor.next()) {
                    all.add(shown(cursor));
                }
                assertThat(cursor.last()).isTrue();
                assertThat(shown(cursor)).isEqualTo("b@2=1");
                assertThat(cursor.prev()).isTrue();
                assertThat(shown(cursor)).isEqualTo("b@" + deleted + " deleted");
            }
            assertThat(all).as("what a reader may see is kept").contains("a@4=2", "a@1=1", "b@3 deleted", "b@2=1");
            assertThat(List.of("a@4=2", "a@3 deleted", "a@1=1", "b@3 deleted", "b@2=1")).containsSubsequence(all);
            List<String> since = new ArrayList<>();
            try (Cursor cursor = store().cursor(CursorOptions.defaults().withSinceVersion(before.version()))) {
                while (cursor.next()) {
                    since.add(shown(cursor));
                }
            }
            assertThat(since).containsExactly("a@4=2", "b@3 deleted");
        }
    }

    private static String shown(Cursor cursor) {
        return Bytes.text(cursor.key()) + "@" + cursor.version()
                + (cursor.isDeletion() ? " deleted" : "=" + Bytes.text(cursor.value()));
    }

    @Test
    default void aRangeDeleteStaysAfterReopeningAndCompaction() {
        if (!offers(Capability.RANGE_DELETE) || !offers(Capability.PERSISTENT)) {
            return;
        }
        fillKeys("a", "b", "c", "d");
        store().deleteRange(KeyRange.of(bytes("b"), bytes("d")));
        fillKeys("bb");
        fixture().reopen();
        assertThat(content(store())).containsExactly("a=a", "bb=bb", "d=d");
        store().maintenance().flush();
        if (offers(Capability.COMPACTION)) {
            store().maintenance().compact();
        }
        assertThat(content(store())).containsExactly("a=a", "bb=bb", "d=d");
        fixture().reopen();
        assertThat(content(store())).containsExactly("a=a", "bb=bb", "d=d");
        assertThat(store().count(bytes("b"))).isOne();
    }

    @Test
    default void aRangeDeleteWithoutKeysIsNoError() {
        if (!offers(Capability.RANGE_DELETE)) {
            return;
        }
        fillKeys("b");
        store().deleteRange(KeyRange.of(bytes("c"), bytes("a")));
        store().deleteRange(KeyRange.of(bytes("x"), bytes("y")), WriteOptions.defaults());
        try (KVBatch batch = store().batchBegin()) {
            batch.deleteRange(KeyRange.of(bytes("c"), bytes("a")));
            assertThat(batch.size()).isZero();
        }
        assertThat(content(store())).containsExactly("b=b");
    }
}
