// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.kv;

import static io.sett.spi.kv.TestKeys.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.sett.api.common.Durability;
import io.sett.api.common.KeyRange;
import io.sett.api.kv.Isolation;
import io.sett.spi.Deadline;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConflictWindowTest {

    private static final class Running {
        private final long readVersion;
        private final Isolation isolation;
        private final ReadSet reads = new ReadSet();
        private final Set<String> keys = new HashSet<>();
        private final List<KeyRange> ranges = new ArrayList<>();
        private final Set<String> forUpdate = new HashSet<>();
        private final WriteSet writes = new WriteSet(TestKeys.ARGUMENTS);
        private final Set<String> written = new HashSet<>();

        private Running(long readVersion, Isolation isolation) {
            this.readVersion = readVersion;
            this.isolation = isolation;
        }

        private CommitRequest request() {
            return new CommitRequest(1, writes, reads, readVersion, isolation, Durability.DEFAULT,
                    Deadline.none(), "");
        }
    }

    private record Done(long version, Set<String> keys) {
    }

    @Test
    void findsExactlyTheConflictsOfABruteForceCheck() {
        long seed = Seeds.next("ConflictWindowTest");
        Random random = new Random(seed);
        for (int round = 0; round < 40; round++) {
            ConflictWindow window = new ConflictWindow(1 << 20, 0);
            ActiveVersions active = new ActiveVersions();
            List<Running> running = new ArrayList<>();
            List<Done> done = new ArrayList<>();
            long version = 0;
            int keys = 5 + random.nextInt(400);
            int conflicts = 0;
            for (int i = 0; i < 600; i++) {
                if (running.size() < 6 && random.nextBoolean()) {
                    long now = version;
                    running.add(begin(active.acquire(() -> now), random, keys));
                    continue;
                }
                if (running.isEmpty()) {
                    continue;
                }
                Running one = running.remove(random.nextInt(running.size()));
                Optional<Conflict> found = window.check(one.request());
                assertThat(found.isPresent()).as("seed %d round %d step %d", seed, round, i)
                        .isEqualTo(conflicts(one, done));
                active.release(one.readVersion);
                if (found.isEmpty() && !one.writes.isEmpty()) {
                    version++;
                    window.record(one.request(), version, active.oldest(version));
                    done.add(new Done(version, one.written));
                } else {
                    conflicts++;
                }
            }
            assertThat(conflicts).isPositive();
            assertThat(window.keyCount()).isLessThan(1 << 20);
        }
    }

    private static Running begin(long readVersion, Random random, int keys) {
        Running one = new Running(readVersion, Isolation.values()[random.nextInt(3)]);
        for (int i = random.nextInt(6); i > 0; i--) {
            String key = TestKeys.randomKey(random, keys);
            one.writes.put(bytes(key), bytes("v"), 0, (byte) 0);
            one.written.add(key);
        }
        for (int i = random.nextInt(6); i > 0; i--) {
            String key = TestKeys.randomKey(random, keys);
            one.keys.add(key);
            one.reads.addKey(bytes(key), readVersion);
        }
        if (random.nextInt(3) == 0) {
            String key = TestKeys.randomKey(random, keys);
            one.forUpdate.add(key);
            one.reads.addForUpdate(bytes(key), readVersion);
        }
        if (random.nextInt(4) == 0) {
            KeyRange range = KeyRange.of(bytes(TestKeys.randomKey(random, keys)),
                    bytes(TestKeys.randomKey(random, keys)));
            one.ranges.add(range);
            one.reads.addRange(range);
        }
        return one;
    }

    private static boolean conflicts(Running one, List<Done> done) {
        return done.stream().filter(commit -> commit.version > one.readVersion).flatMap(commit -> commit.keys.stream())
                .anyMatch(key -> one.forUpdate.contains(key)
                        || one.isolation == Isolation.SNAPSHOT && one.written.contains(key)
                        || one.isolation == Isolation.SERIALIZABLE && (one.keys.contains(key)
                                || one.ranges.stream().anyMatch(range -> range.contains(bytes(key)))));
    }

    @Test
    void nothingIsRememberedWhenNobodyIsActive() {
        ConflictWindow window = new ConflictWindow(100, 0);
        for (int version = 1; version <= 1000; version++) {
            window.record(write("k" + version), version, version);
        }
        assertThat(window.keyCount()).isZero();
        assertThat(window.floor()).isEqualTo(1000);
    }

    @Test
    void forgettingTooMuchIsAConflict() {
        ConflictWindow window = new ConflictWindow(3, 0);
        for (int version = 1; version <= 5; version++) {
            window.record(write("k" + version), version, 0);
        }
        assertThat(window.keyCount()).isEqualTo(3);
        Running old = new Running(1, Isolation.SERIALIZABLE);
        old.reads.addKey(bytes("other"), 1);
        assertThat(window.check(old.request())).get().extracting(Conflict::reason).isEqualTo(Conflict.Reason.TOO_OLD);
        Running young = new Running(2, Isolation.SERIALIZABLE);
        young.reads.addKey(bytes("other"), 2);
        assertThat(window.check(young.request())).isEmpty();
        assertThat(window.check(old.request()).orElseThrow().toException("s", 7).retryable()).isTrue();
    }

    @Test
    void aDeletedRangeConflictsWithWhatWasReadOrWrittenInIt() {
        ConflictWindow window = new ConflictWindow(100, 0);
        KeyRange range = KeyRange.of(bytes("b"), bytes("d"));
        window.record(CommitRequest.deleteRange(TestKeys.ARGUMENTS, range, Durability.DEFAULT, Deadline.none()), 1, 0);
        Running scanned = new Running(0, Isolation.SERIALIZABLE);
        scanned.reads.addRange(KeyRange.of(bytes("a"), bytes("b\0")));
        assertThat(window.check(scanned.request())).isPresent();
        Running beside = new Running(0, Isolation.SERIALIZABLE);
        beside.reads.addRange(KeyRange.of(bytes("a"), bytes("b")));
        assertThat(window.check(beside.request())).isEmpty();
        Running read = new Running(0, Isolation.SERIALIZABLE);
        read.reads.addKey(bytes("c"), 0);
        assertThat(window.check(read.request())).isPresent();
        Running writer = new Running(0, Isolation.SNAPSHOT);
        writer.writes.put(bytes("c"), bytes("v"), 0, (byte) 0);
        assertThat(window.check(writer.request())).isPresent();
        Running later = new Running(1, Isolation.SERIALIZABLE);
        later.reads.addKey(bytes("c"), 1);
        assertThat(window.check(later.request())).isEmpty();
    }

    @Test
    void aReadSetStaysBounded() {
        ReadSet reads = new ReadSet();
        for (int i = 0; i < 3 * ReadSet.MAX_RANGES; i++) {
            reads.addRange(KeyRange.single(bytes("r" + i)));
        }
        assertThat(reads.rangeCount()).isLessThanOrEqualTo(ReadSet.MAX_RANGES);
        assertThat(reads.ranges().stream().anyMatch(range -> range.contains(bytes("r17")))).isTrue();
        for (int i = 0; i <= ReadSet.MAX_KEYS; i++) {
            reads.addKey(bytes("k" + i), 1);
        }
        assertThat(reads.keyCount()).isZero();
        assertThat(reads.ranges()).containsExactly(KeyRange.all());
    }

    private static CommitRequest write(String key) {
        WriteSet writes = new WriteSet(TestKeys.ARGUMENTS);
        writes.put(bytes(key), bytes("v"), 0, (byte) 0);
        return CommitRequest.blind(writes, Durability.DEFAULT, Deadline.none());
    }
}
