// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.kv;

import static io.sett.testkit.Bytes.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.common.Capability;
import io.sett.api.error.ClosedException;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.CursorOptions;
import io.sett.api.kv.KVEntry;
import io.sett.api.kv.Snapshot;
import io.sett.api.kv.Transaction;
import io.sett.testkit.Bytes;
import io.sett.testkit.Parallel;
import io.sett.testkit.Theme;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Snapshots and version history. */
@Theme("snapshot, history")
public interface KVSnapshotTheme extends KVTheme {

    private boolean hasSnapshots() {
        if (offers(Capability.SNAPSHOTS)) {
            return true;
        }
        refuses(Capability.SNAPSHOTS, () -> store().snapshot().close());
        return false;
    }

    @Test
    default void aSnapshotStaysAsItWas() {
        if (hasSnapshots()) {
            fill("a", "1", "b", "1", "c", "1");
            try (Snapshot snapshot = store().snapshot()) {
                assertThat(snapshot.version()).isEqualTo(store().version());
                fill("a", "2", "d", "2");
                store().delete(bytes("b"));
                for (int i = 0; i < 500; i++) {
                    fill("c", "" + i);
                }
                assertThat(content(snapshot)).containsExactly("a=1", "b=1", "c=1");
                assertThat(get(snapshot, "a")).contains("1");
                assertThat(snapshot.has(bytes("d"))).isFalse();
                assertThat(snapshot.count(new byte[0])).isEqualTo(3);
                assertThat(snapshot.read(bytes("b"), slice -> slice.length())).contains(1);
            }
            assertThat(content(store())).containsExactly("a=2", "c=499", "d=2");
        }
    }

    @Test
    default void manySnapshotsEachShowTheirMoment() {
        if (hasSnapshots()) {
            List<Snapshot> snapshots = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                fill("k", "" + i, "k" + i, "new");
                snapshots.add(store().snapshot());
            }
            store().delete(bytes("k"));
            for (int i = 0; i < 20; i++) {
                assertThat(get(snapshots.get(i), "k")).contains("" + i);
                assertThat(snapshots.get(i).count(bytes("k"))).isEqualTo(i + 2);
            }
            snapshots.forEach(Snapshot::close);
            assertThat(get(store(), "k")).isEmpty();
        }
    }

    @Test
    default void aSnapshotCanBeReadByManyThreads() {
        if (hasSnapshots()) {
            for (int i = 0; i < 200; i++) {
                fill("k" + i, "old");
            }
            try (Snapshot snapshot = store().snapshot()) {
                Parallel.run(5, thread -> {
                    for (int i = 0; i < 200; i++) {
                        if (thread == 0) {
                            fill("k" + i, "new");
                        } else {
                            assertThat(get(snapshot, "k" + i)).contains("old");
                        }
                    }
                });
                assertThat(snapshot.count(bytes("k"))).isEqualTo(200);
            }
        }
    }

    @Test
    default void aClosedSnapshotRefusesEverything() {
        if (hasSnapshots()) {
            fill("a", "1");
            Snapshot snapshot = store().snapshot();
            Cursor cursor = snapshot.iterate(new byte[0]);
            cursor.next();
            snapshot.close();
            snapshot.close();
            for (Use use : new Use[] {() -> snapshot.get(bytes("a")), () -> snapshot.has(bytes("a")),
                () -> snapshot.iterate(new byte[0]), () -> snapshot.read(bytes("a"), slice -> 1), cursor::next}) {
                failing(ClosedException.class, use);
            }
            cursor.close();
        }
    }

    @Test
    default void aSnapshotDoesNotHoldUpWriters() {
        if (hasSnapshots()) {
            fill("a", "1");
            try (Snapshot snapshot = store().snapshot(); Transaction transaction = begin()) {
                assertThat(get(transaction, "a")).contains("1");
                put(transaction, "a", "2");
                transaction.commit();
                assertThat(get(snapshot, "a")).contains("1");
            }
        }
    }

    private boolean hasHistory() {
        if (offers(Capability.VERSION_HISTORY)) {
            return true;
        }
        refuses(Capability.VERSION_HISTORY,
                () -> store().cursor(CursorOptions.defaults().withAllVersions(true)).close(),
                () -> store().cursor(CursorOptions.defaults().withSinceVersion(1)).close());
        return false;
    }

    @Test
    default void allVersionsComeNewestFirst() {
        if (hasHistory()) {
            fill("a", "1", "b", "x", "a", "2", "a", "3");
            store().delete(bytes("b"));
            List<KVEntry> entries = new ArrayList<>();
            try (Cursor cursor = store().cursor(CursorOptions.defaults().withAllVersions(true))) {
                while (cursor.next()) {
                    entries.add(cursor.entry());
                }
            }
            List<String> ofA = entries.stream().filter(entry -> Bytes.text(entry.key()).equals("a"))
                    .map(entry -> Bytes.text(entry.value())).toList();
            assertThat(ofA).as("versions of a key, as far as they are kept").first().isEqualTo("3");
            assertThat(List.of("3", "2", "1")).containsSubsequence(ofA);
            KVEntry newestOfB = entries.stream().filter(entry -> Bytes.text(entry.key()).equals("b")).findFirst()
                    .orElseThrow(() -> new AssertionError("the deletion of b must be shown, it is the newest commit"));
            assertThat(newestOfB.deletion()).isTrue();
            assertThat(newestOfB.value()).isEmpty();
            assertThat(newestOfB.version()).isEqualTo(store().version());
            for (int i = 1; i < entries.size(); i++) {
                KVEntry before = entries.get(i - 1);
                KVEntry entry = entries.get(i);
                int order = java.util.Arrays.compareUnsigned(before.key(), entry.key());
                assertThat(order < 0 || order == 0 && before.version() > entry.version())
                        .as("%s before %s: by key, then newest first", before, entry).isTrue();
            }
        }
    }

    @Test
    default void changesSinceAVersionAreShownWithDeletions() {
        if (hasHistory()) {
            fill("a", "1", "b", "1", "c", "1");
            long since = store().version();
            fill("b", "2", "d", "2");
            store().delete(bytes("a"));
            List<String> changes = new ArrayList<>();
            try (Cursor cursor = store().cursor(CursorOptions.defaults().withSinceVersion(since))) {
                while (cursor.next()) {
                    assertThat(cursor.version()).isGreaterThan(since);
                    changes.add(Bytes.text(cursor.key()) + (cursor.isDeletion() ? " deleted"
                            : "=" + Bytes.text(cursor.value())));
                }
            }
            assertThat(changes).containsExactly("a deleted", "b=2", "d=2");
        }
    }

    @Test
    default void whatASnapshotStillSeesIsKeptInTheHistory() {
        if (hasHistory() && offers(Capability.SNAPSHOTS)) {
            fill("a", "1");
            try (Snapshot first = store().snapshot()) {
                fill("a", "2");
                try (Snapshot second = store().snapshot();
                        Cursor cursor = store().cursor(CursorOptions.defaults().withAllVersions(true))) {
                    fill("a", "3");
                    assertThat(cursor.next()).isTrue();
                    assertThat(cursor.value()).isEqualTo(bytes("2"));
                    assertThat(cursor.version()).isEqualTo(second.version());
                    assertThat(cursor.next()).isTrue();
                    assertThat(cursor.value()).isEqualTo(bytes("1"));
                    assertThat(cursor.version()).isEqualTo(first.version());
                    assertThat(cursor.next()).isFalse();
                }
            }
        }
    }
}
