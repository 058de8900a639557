// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.kv;

import static io.sett.testkit.Bytes.bytes;
import static io.sett.testkit.Bytes.raw;
import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.common.Capability;
import io.sett.api.common.KeyRange;
import io.sett.api.error.ClosedException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.error.LimitExceededException;
import io.sett.api.error.StorageException;
import io.sett.api.error.TransactionConflictException;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.CursorOptions;
import io.sett.api.kv.KVBatch;
import io.sett.api.kv.KVKeyspaces;
import io.sett.api.kv.KVStore;
import io.sett.api.kv.Snapshot;
import io.sett.api.kv.Transaction;
import io.sett.testkit.Theme;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Named keyspaces: isolated from each other, atomic across them. */
@Theme("keyspaces")
public interface KVKeyspaceTheme extends KVTheme {

    @Test
    default void keyspacesThatAreLackingAreRefused() {
        if (offers(Capability.KEYSPACES)) {
            assertThat(store().keyspaces()).isEmpty();
            assertThat(store().keyspace("made").name()).contains(store().name()).contains("made");
            assertThat(store().keyspaces()).containsExactly("made");
            return;
        }
        try (KVBatch batch = store().batchBegin(); Transaction transaction = begin()) {
            refuses(Capability.KEYSPACES, () -> store().keyspace("a"), () -> store().keyspaces(),
                    () -> store().dropKeyspace("a"), () -> batch.in("a"), () -> transaction.in("a"));
            if (offers(Capability.SNAPSHOTS)) {
                try (Snapshot snapshot = store().snapshot()) {
                    refuses(Capability.KEYSPACES, () -> snapshot.in("a"));
                }
            }
        }
    }

    @Test
    default void keyspacesDoNotSeeEachOthersKeys() {
        if (!offers(Capability.KEYSPACES)) {
            return;
        }
        KVStore one = store().keyspace("one");
        KVStore two = store().keyspace("two");
        put(store(), "k", "default");
        put(one, "k", "first");
        put(two, "k", "second");
        put(two, "l", "more");
        assertThat(get(store(), "k")).contains("default");
        assertThat(get(one, "k")).contains("first");
        assertThat(content(store())).containsExactly("k=default");
        assertThat(content(one)).containsExactly("k=first");
        assertThat(content(two)).containsExactly("k=second", "l=more");
        assertThat(two.count(KeyRange.all())).isEqualTo(2);
        assertThat(two.count(bytes("l"))).isOne();
        assertThat(one.getMany(List.of(bytes("l"), bytes("k"))).get(0)).isEmpty();
        assertThat(two.entry(bytes("l")).orElseThrow().key()).isEqualTo(bytes("l"));
        one.delete(bytes("k"));
        assertThat(one.has(bytes("k"))).isFalse();
        assertThat(store().has(bytes("k"))).isTrue();
        assertThat(two.has(bytes("k"))).isTrue();
        assertThat(two.increment(bytes("n"), 3)).isEqualTo(3);
        assertThat(one.increment(bytes("n"), 1)).isEqualTo(1);
        assertThat(content(store().keyspace(KVKeyspaces.DEFAULT_KEYSPACE))).containsExactly("k=default");
        assertThat(one.keyspaces()).containsExactly("one", "two");
    }

    @Test
    default void aCursorStaysInItsKeyspaceInBothDirections() {
        if (!offers(Capability.KEYSPACES)) {
            return;
        }
        byte[] lowest = raw(0);
        byte[] high = raw(255, 1);
        byte[] highest = raw(255, 255, 255);
        for (String name : List.of("a", "b", "c", KVKeyspaces.DEFAULT_KEYSPACE)) {
            KVStore keyspace = store().keyspace(name);
            keyspace.putMany(Map.of(lowest, bytes(name), high, bytes(name), highest, bytes(name), raw(255),
                    bytes("x")));
        }
        for (String name : List.of("b", KVKeyspaces.DEFAULT_KEYSPACE)) {
            KVStore keyspace = store().keyspace(name);
            try (Cursor cursor = keyspace.cursor(CursorOptions.defaults())) {
                assertThat(cursor.last()).isTrue();
                assertThat(cursor.key()).isEqualTo(highest);
                assertThat(cursor.keySlice().toByteArray()).isEqualTo(highest);
                assertThat(cursor.next()).isFalse();
                assertThat(cursor.first()).isTrue();
                assertThat(cursor.key()).isEqualTo(lowest);
                assertThat(cursor.value()).isEqualTo(bytes(name));
                assertThat(cursor.prev()).isFalse();
                assertThat(cursor.seek(raw(255, 0))).isTrue();
                assertThat(cursor.entry().key()).isEqualTo(high);
                assertThat(cursor.prev()).isTrue();
                assertThat(cursor.key()).isEqualTo(raw(255));
                assertThat(cursor.seekForPrev(raw(255, 255))).isTrue();
                assertThat(cursor.key()).isEqualTo(high);
            }
            try (Cursor reverse = keyspace.cursor(CursorOptions.of(KeyRange.atLeast(raw(255))).withReverse(true))) {
                assertThat(reverse.next()).isTrue();
                assertThat(reverse.key()).isEqualTo(highest);
                assertThat(reverse.next()).isTrue();
                assertThat(reverse.next()).isTrue();
                assertThat(reverse.key()).isEqualTo(raw(255));
                assertThat(reverse.next()).isFalse();
            }
            assertThat(keyspace.count(raw(255))).isEqualTo(3);
        }
    }

    @Test
    default void batchesAndTransactionsReachSeveralKeyspacesAtOnce() {
        if (!offers(Capability.KEYSPACES)) {
            return;
        }
        KVStore users = store().keyspace("users");
        try (KVBatch batch = users.batchBegin()) {
            put(batch, "1", "ada");
            put(batch.in("mail"), "ada@x", "1");
            put(batch.in(KVKeyspaces.DEFAULT_KEYSPACE), "count", "1");
            assertThat(batch.size()).isEqualTo(3);
            batch.write();
        }
        assertThat(content(store())).containsExactly("count=1");
        assertThat(content(users)).containsExactly("1=ada");
        assertThat(content(store().keyspace("mail"))).containsExactly("ada@x=1");
        try (Transaction transaction = begin()) {
            put(transaction.in("users"), "2", "bob");
            put(transaction, "count", "2");
            transaction.in("mail").delete(bytes("ada@x"));
            assertThat(content(transaction.in("users"))).containsExactly("1=ada", "2=bob");
            assertThat(transaction.in("mail").has(bytes("ada@x"))).isFalse();
            assertThat(content(users)).containsExactly("1=ada");
            transaction.commit();
        }
        assertThat(content(users)).containsExactly("1=ada", "2=bob");
        assertThat(content(store())).containsExactly("count=2");
        assertThat(content(store().keyspace("mail"))).isEmpty();
        try (Transaction transaction = users.transaction(strictest())) {
            assertThat(transaction.getForUpdate(bytes("1"))).isPresent();
            put(users, "1", "eve");
            put(transaction.in("mail"), "x", "1");
            failing(TransactionConflictException.class, transaction::commit);
        }
        assertThat(content(store().keyspace("mail"))).isEmpty();
    }

    @Test
    default void aSnapshotShowsOneMomentOfAllKeyspaces() {
        if (!offers(Capability.KEYSPACES) || !offers(Capability.SNAPSHOTS)) {
            return;
        }
        KVStore one = store().keyspace("one");
        put(one, "a", "1");
        put(store(), "a", "0");
        try (Snapshot snapshot = store().snapshot()) {
            put(one, "a", "2");
            put(store(), "a", "2");
            assertThat(get(snapshot, "a")).contains("0");
            assertThat(get(snapshot.in("one"), "a")).contains("1");
            assertThat(content(snapshot.in("none"))).isEmpty();
        }
    }

    @Test
    default void droppingAKeyspaceRemovesItAlone() {
        if (!offers(Capability.KEYSPACES)) {
            return;
        }
        KVStore one = store().keyspace("one");
        KVStore two = store().keyspace("two");
        put(one, "a", "1");
        put(two, "a", "2");
        put(store(), "a", "0");
        try (Transaction late = store().transaction(strictest()); KVBatch lateBatch = one.batchBegin()) {
            put(late.in("one"), "late", "late");
            put(lateBatch, "late", "late");
            assertThat(store().dropKeyspace("one")).isTrue();
            failing(StorageException.class, late::commit);
            failing(ClosedException.class, lateBatch::write);
        }
        assertThat(store().dropKeyspace("one")).isFalse();
        assertThat(store().keyspaces()).containsExactly("two");
        assertThat(one.isOpen()).isFalse();
        failing(ClosedException.class, () -> get(one, "a"));
        failing(ClosedException.class, () -> put(one, "b", "1"));
        assertThat(content(two)).containsExactly("a=2");
        assertThat(content(store())).containsExactly("a=0");
        KVStore again = store().keyspace("one");
        assertThat(content(again)).isEmpty();
        put(again, "b", "1");
        assertThat(content(again)).containsExactly("b=1");
        failing(InvalidOperationException.class, ErrorCode.INVALID_ARGUMENT,
                () -> store().dropKeyspace(KVKeyspaces.DEFAULT_KEYSPACE));
    }

    @Test
    default void aRangeDeleteStaysInItsKeyspace() {
        if (!offers(Capability.KEYSPACES) || !offers(Capability.RANGE_DELETE)) {
            return;
        }
        KVStore one = store().keyspace("one");
        put(one, "a", "1");
        put(store(), "a", "0");
        store().put(raw(255, 9), bytes("high"));
        store().deleteRange(KeyRange.all());
        assertThat(content(store())).isEmpty();
        assertThat(content(one)).containsExactly("a=1");
        put(store(), "a", "0");
        one.deleteRange(KeyRange.all());
        assertThat(content(one)).isEmpty();
        assertThat(content(store())).containsExactly("a=0");
        assertThat(store().keyspaces()).containsExactly("one");
    }

    @Test
    default void keysAndNamesHaveTheirLimits() {
        if (!offers(Capability.KEYSPACES)) {
            return;
        }
        KVStore one = store().keyspace("one");
        failing(InvalidOperationException.class, ErrorCode.INVALID_ARGUMENT, () -> one.get(new byte[0]));
        failing(InvalidOperationException.class, ErrorCode.INVALID_ARGUMENT, () -> one.put(new byte[0], bytes("v")));
        failing(InvalidOperationException.class, ErrorCode.INVALID_ARGUMENT, () -> store().keyspace("n".repeat(256)));
        assertThat(store().keyspace("n".repeat(255)).count(KeyRange.all())).isZero();
        int most = (int) Math.min(1 << 16, one.limits().maxKeyBytes());
        byte[] longest = new byte[most];
        Arrays.fill(longest, (byte) 255);
        for (KVStore keyspace : List.of(store(), one)) {
            keyspace.put(longest, bytes("v"));
            assertThat(keyspace.get(longest)).isPresent();
            if (most == one.limits().maxKeyBytes()) {
                failing(LimitExceededException.class, ErrorCode.ENTRY_TOO_LARGE,
                        () -> keyspace.put(Arrays.copyOf(longest, most + 1), bytes("v")));
            }
        }
    }

    @Test
    default void keyspacesAreThereAfterReopening() {
        if (!offers(Capability.KEYSPACES) || !offers(Capability.PERSISTENT)) {
            return;
        }
        for (int i = 0; i < 130; i++) {
            KVStore made = store().keyspace("k" + i);
            if (i < 8 || i > 125) {
                put(made, "a", String.valueOf(i));
            }
        }
        store().dropKeyspace("k7");
        fixture().reopen();
        assertThat(store().keyspaces()).hasSize(129).doesNotContain("k7");
        for (int i : new int[] {0, 6, 126, 127, 128, 129}) {
            assertThat(content(store().keyspace("k" + i))).containsExactly("a=" + i);
        }
        assertThat(content(store().keyspace("k7"))).isEmpty();
        assertThat(content(store())).isEmpty();
    }

    @Test
    default void closingAKeyspaceDoesNothing() {
        if (!offers(Capability.KEYSPACES)) {
            return;
        }
        KVStore one = store().keyspace("one");
        one.close();
        assertThat(one.isOpen()).isTrue();
        put(one, "a", "1");
        assertThat(content(one)).containsExactly("a=1");
    }
}
