// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.kv;

import static io.sett.spi.kv.TestKeys.bytes;
import static io.sett.spi.kv.TestKeys.text;

import io.sett.api.common.Slice;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.StorageUnavailableException;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.CursorOptions;
import io.sett.api.kv.Isolation;
import io.sett.api.kv.KVEntry;
import io.sett.api.kv.KVReader;
import io.sett.api.kv.ReadOptions;
import io.sett.api.kv.TransactionOptions;
import io.sett.spi.HandleTracker;
import io.sett.spi.HandleTracking;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** The smallest store that transactions run on: one copied map for each version. */
final class TinyStore implements TransactionEnvironment {

    static final class TestClock extends Clock {

        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        void advance(Duration time) {
            now = now.plus(time);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    final TestClock clock = new TestClock();
    final ActiveVersions active = new ActiveVersions();
    final List<TransactionOutcome> endings = new ArrayList<>();
    boolean failing;

    private final HandleTracker handles = new HandleTracker(HandleTracking.FULL);
    private final ConflictWindow window = new ConflictWindow(1000, 0);
    private final List<TreeMap<String, KVEntry>> versions = new ArrayList<>(List.of(new TreeMap<>()));
    private long lastId;

    BufferedTransaction transaction(TransactionOptions options) {
        arguments().checkTransaction(options);
        long version = active.acquire(this::latestVersion);
        KVReader reader = options.isolation() == Isolation.READ_COMMITTED
                ? new Reader(() -> versions.get(versions.size() - 1))
                : new Reader(() -> versions.get((int) version));
        return new BufferedTransaction(this,
                new TransactionStart(++lastId, version, reader, options, options.timeoutOrNull()));
    }

    void put(String key, String value) {
        WriteSet writes = new WriteSet(arguments());
        writes.put(bytes(key), bytes(value), PendingWrite.NEVER, (byte) 0);
        commit(CommitRequest.blind(writes, io.sett.api.common.Durability.DEFAULT, io.sett.spi.Deadline.none()));
    }

    Optional<String> get(String key) {
        return Optional.ofNullable(versions.get(versions.size() - 1).get(key)).map(entry -> text(entry.value()));
    }

    @Override
    public KVArguments arguments() {
        return TestKeys.ARGUMENTS;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public long nanoTime() {
        return Ticks.of(clock).getAsLong();
    }

    @Override
    public HandleTracker handles() {
        return handles;
    }

    @Override
    public void checkOpen() {
        // always open
    }

    @Override
    public long latestVersion() {
        return versions.size() - 1;
    }

    @Override
    public long commit(CommitRequest request) {
        if (failing) {
            throw new StorageUnavailableException(ErrorCode.BATCH_WRITE_FAILED, "asked to fail");
        }
        window.check(request).ifPresent(conflict -> {
            throw conflict.toException("tiny", request.transactionId());
        });
        if (request.writesNothing()) {
            return request.readVersion();
        }
        long version = versions.size();
        TreeMap<String, KVEntry> next = new TreeMap<>(versions.get(versions.size() - 1));
        for (PendingWrite write : request.writes()) {
            if (write.isDeletion()) {
                next.remove(text(write.key()));
            } else {
                next.put(text(write.key()),
                        new KVEntry(write.key(), write.value(), version, null, write.metadata(), false));
            }
        }
        versions.add(next);
        window.record(request, version, active.oldest(version));
        return version;
    }

    @Override
    public CompletionStage<Long> commitAsync(CommitRequest request) {
        return CompletableFuture.completedStage(commit(request));
    }

    @Override
    public void ended(BufferedTransaction transaction, TransactionOutcome outcome) {
        active.release(transaction.startVersion());
        endings.add(outcome);
    }

    private record Reader(Supplier<TreeMap<String, KVEntry>> data) implements KVReader {

        private Optional<KVEntry> find(byte[] key) {
            return Optional.ofNullable(data.get().get(text(key)));
        }

        @Override
        public Optional<byte[]> get(byte[] key, ReadOptions options) {
            return find(key).map(KVEntry::value);
        }

        @Override
        public boolean has(byte[] key, ReadOptions options) {
            return find(key).isPresent();
        }

        @Override
        public <T> Optional<T> read(byte[] key, Function<? super Slice, ? extends T> reader, ReadOptions options) {
            return find(key).map(entry -> reader.apply(Slice.of(entry.value())));
        }

        @Override
        public Cursor cursor(CursorOptions options) {
            return new ListCursor(new ArrayList<>(data.get().values()), options);
        }
    }
}
