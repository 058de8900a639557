// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.reference;

import io.sett.api.common.Capability;
import io.sett.api.common.Durability;
import io.sett.api.common.Health;
import io.sett.api.common.KeyRange;
import io.sett.api.common.Limits;
import io.sett.api.common.Metrics;
import io.sett.api.common.Slice;
import io.sett.api.common.SliceScope;
import io.sett.api.common.StoreKind;
import io.sett.api.error.CancelledException;
import io.sett.api.error.ClosedException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.error.LimitExceededException;
import io.sett.api.error.UnsupportedFeatureException;
import io.sett.api.event.EventType;
import io.sett.api.event.StorageEvent;
import io.sett.api.kv.Backups;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.CursorOptions;
import io.sett.api.kv.Isolation;
import io.sett.api.kv.KVBatch;
import io.sett.api.kv.KVStore;
import io.sett.api.kv.Maintenance;
import io.sett.api.kv.PutOptions;
import io.sett.api.kv.ReadOptions;
import io.sett.api.kv.Snapshot;
import io.sett.api.kv.Transaction;
import io.sett.api.kv.TransactionMode;
import io.sett.api.kv.TransactionOptions;
import io.sett.api.kv.WriteOptions;
import io.sett.spi.EngineContext;
import io.sett.spi.HandleTracker;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** The reference store. */
final class ReferenceStore implements KVStore {

    private static final Limits LIMITS = new Limits(1000, 100_000, 1_000_000, 6_000, null);

    final Data data;
    final Fault fault;
    final Clock clock;
    final HandleTracker handles;
    private final EngineContext context;
    private final Set<Capability> capabilities;
    private final Runnable release;
    private final Maintenance maintenance = new ReferenceMaintenance(this);
    private final Backups backups;
    private final AtomicLong writes = new AtomicLong();
    private final AtomicLong transactions = new AtomicLong();
    private volatile boolean open = true;

    ReferenceStore(EngineContext context, Set<Capability> capabilities, Data data, Fault fault, Runnable release) {
        this.context = context;
        this.capabilities = capabilities;
        this.data = data;
        this.fault = fault;
        this.release = release;
        this.clock = context.clock();
        this.handles = new HandleTracker(context.handles());
        this.backups = Backups.unsupported(context.name(), "reference");
    }

    // --- checks ---

    void checkOpen() {
        if (!open && fault != Fault.USE_AFTER_CLOSE) {
            throw new ClosedException(ErrorCode.STORE_CLOSED, "store '" + name() + "' is closed; open it again");
        }
    }

    void checkInterrupt(String what) {
        if (Thread.currentThread().isInterrupted() && fault != Fault.IGNORES_INTERRUPT) {
            throw new CancelledException(ErrorCode.CANCELLED, what + " in store '" + name()
                    + "' was interrupted; nothing was written");
        }
    }

    void require(Capability capability, boolean needed) {
        if (needed && !capabilities.contains(capability) && fault != Fault.SILENT_NO_OP) {
            throw new UnsupportedFeatureException(ErrorCode.UNSUPPORTED_FEATURE, "store '" + name()
                    + "': engine 'reference' lacks the capability " + capability);
        }
    }

    void checkKey(byte[] key) {
        if (key.length == 0) {
            throw new InvalidOperationException(ErrorCode.INVALID_ARGUMENT, "store '" + name()
                    + "': a key needs at least one byte");
        }
    }

    /** Whether the entry may be written; a fault drops it instead of refusing it. */
    boolean accepts(byte[] key, byte[] value) {
        checkKey(key);
        boolean fits = key.length <= LIMITS.maxKeyBytes() && value.length <= LIMITS.maxValueBytes();
        if (!fits && fault != Fault.SWALLOWED_ERROR) {
            throw new LimitExceededException(ErrorCode.ENTRY_TOO_LARGE, "store '" + name() + "': key of " + key.length
                    + " bytes, value of " + value.length + "; limits are " + LIMITS.maxKeyBytes() + " and "
                    + LIMITS.maxValueBytes());
        }
        return fits;
    }

    void checkWrite(WriteOptions options) {
        require(Capability.DEADLINES, options.timeout().isPresent());
        require(Capability.SYNC_WRITES, options.durability() == Durability.SYNC);
        require(Capability.PERSISTENT, options.durability() == Durability.PROCESS);
    }

    void checkCursor(CursorOptions options) {
        require(Capability.DEADLINES, options.read().timeout().isPresent());
    }

    Version version(byte[] key, byte[] value, PutOptions options) {
        Instant expiry = options.ttl().map(ttl -> clock.instant().plus(ttl)).orElse(null);
        boolean keep = fault == Fault.KEEPS_ARGUMENTS;
        return new Version(keep ? key : key.clone(), keep ? value : value.clone(), 0, expiry, options.metadata(),
                false);
    }

    // --- commits ---

    /** Writes all versions as one commit; the caller holds the lock and has checked for conflicts. */
    long write(Collection<Version> versions) {
        long number = data.newest + 1;
        Journal journal = data.journal;
        if (journal != null) {
            journal.append(number, versions);
        }
        data.newest = number;
        writes.addAndGet(versions.size());
        versions.forEach(version -> data.add(version.numbered(number)));
        return number;
    }

    long writeNow(String what, Collection<Version> versions, WriteOptions options) {
        checkOpen();
        checkWrite(options);
        checkInterrupt(what);
        data.lock.lock();
        try {
            if (fault != Fault.TORN_BATCH) {
                return write(versions);
            }
        } finally {
            data.lock.unlock();
        }
        for (Version version : versions) {
            data.lock.lock();
            try {
                write(List.of(version));
            } finally {
                data.lock.unlock();
            }
            Thread.yield();
        }
        return data.newest;
    }

    // --- reading ---

    Optional<Version> find(byte[] key, long at) {
        checkKey(key);
        data.lock.lock();
        try {
            Version version = data.find(key, at);
            if (version == null || version.deletion()) {
                return Optional.empty();
            }
            if (version.isLive(clock) || fault == Fault.EXPIRED_VISIBLE) {
                return Optional.of(version);
            }
            return fault == Fault.EXPIRED_UNCOVERS ? find(key, version.number() - 1) : Optional.empty();
        } finally {
            data.lock.unlock();
        }
    }

    <T> Optional<T> lend(Optional<Version> version, Function<? super Slice, ? extends T> reader) {
        SliceScope scope = new SliceScope("a call of read");
        try {
            return version.map(found -> reader.apply(scope.slice(found.value(), 0, found.value().length)));
        } finally {
            scope.end();
        }
    }

    /** What a cursor shows at a version, with pending writes laid over it. */
    List<Version> entries(CursorOptions options, long at, Collection<Version> pending) {
        List<Version> entries = new ArrayList<>();
        data.lock.lock();
        try {
            TreeMap<byte[], List<Version>> all = new TreeMap<>(data.versions);
            pending.forEach(own -> all.put(own.key(), List.of(own)));
            all.forEach((key, versions) -> {
                if (options.range().contains(key)) {
                    collect(key, versions, options, at, entries);
                }
            });
        } finally {
            data.lock.unlock();
        }
        if (options.reverse()) {
            java.util.Collections.reverse(entries);
            if (fault == Fault.REVERSE_ORDER && entries.size() > 1) {
                entries.add(entries.remove(0));
            }
        }
        return entries;
    }

    private void collect(byte[] key, List<Version> versions, CursorOptions options, long at, List<Version> entries) {
        boolean newestOnly = !options.allVersions();
        for (int i = versions.size() - 1; i >= 0; i--) {
            Version version = versions.get(i);
            if (version.number() > at || version.number() != 0 && version.number() <= options.sinceVersion()) {
                continue;
            }
            boolean deletions = options.allVersions() || options.sinceVersion() > 0;
            if (version.deletion() ? deletions : version.isLive(clock) || fault == Fault.EXPIRED_VISIBLE) {
                entries.add(version);
            } else if (fault == Fault.EXPIRED_UNCOVERS && !version.deletion()) {
                continue;
            }
            if (newestOnly) {
                return;
            }
        }
    }

    long newest() {
        data.lock.lock();
        try {
            return data.newest;
        } finally {
            data.lock.unlock();
        }
    }

    @Override
    public Optional<byte[]> get(byte[] key, ReadOptions options) {
        checkOpen();
        require(Capability.DEADLINES, options.timeout().isPresent());
        return find(key, Long.MAX_VALUE).map(version -> version.value().clone());
    }

    @Override
    public boolean has(byte[] key, ReadOptions options) {
        return get(key, options).isPresent();
    }

    @Override
    public <T> Optional<T> read(byte[] key, Function<? super Slice, ? extends T> reader, ReadOptions options) {
        checkOpen();
        require(Capability.DEADLINES, options.timeout().isPresent());
        return lend(find(key, Long.MAX_VALUE), reader);
    }

    @Override
    public List<Optional<byte[]>> getMany(List<byte[]> keys, ReadOptions options) {
        try (Snapshot snapshot = snapshot()) {
            return keys.stream().map(key -> snapshot.get(key, options)).toList();
        }
    }

    @Override
    public Cursor cursor(CursorOptions options) {
        checkOpen();
        checkCursor(options);
        require(Capability.VERSION_HISTORY, options.allVersions() || options.sinceVersion() > 0);
        return new ReferenceCursor(this, options.reverse(),
                entries(options, Long.MAX_VALUE, List.of()), () -> { });
    }

    @Override
    public Snapshot snapshot() {
        checkOpen();
        return new ReferenceSnapshot(this, newest());
    }

    // --- writing ---

    @Override
    public void put(byte[] key, byte[] value, PutOptions options, WriteOptions write) {
        checkOpen();
        if (accepts(key, value)) {
            writeNow("put", List.of(version(key, value, options)), write);
        }
    }

    @Override
    public void delete(byte[] key, WriteOptions write) {
        checkOpen();
        checkKey(key);
        writeNow("delete", List.of(deletion(key)), write);
    }

    Version deletion(byte[] key) {
        return new Version(key.clone(), new byte[0], 0, null, (byte) 0, true);
    }

    @Override
    public void deleteRange(KeyRange range, WriteOptions write) {
        checkOpen();
        data.lock.lock();
        try {
            writeNow("deleteRange",
                    data.versions.keySet().stream().filter(range::contains).map(this::deletion).toList(), write);
        } finally {
            data.lock.unlock();
        }
    }

    /** Pending writes, and before them a deletion of each key in the ranges that they do not write. */
    List<Version> withDeletions(List<KeyRange> ranges, TreeMap<byte[], Version> pending) {
        List<Version> all = new ArrayList<>(pending.values());
        data.lock.lock();
        try {
            data.versions.keySet().stream().filter(key -> !pending.containsKey(key))
                    .filter(key -> ranges.stream().anyMatch(range -> range.contains(key)))
                    .forEach(key -> all.add(deletion(key)));
        } finally {
            data.lock.unlock();
        }
        return all;
    }

    @Override
    public KVBatch batchBegin() {
        checkOpen();
        return new ReferenceBatch(this);
    }

    @Override
    public Transaction transaction(TransactionOptions options) {
        checkOpen();
        require(Capability.PESSIMISTIC_TRANSACTIONS, options.mode() == TransactionMode.PESSIMISTIC);
        require(Capability.SERIALIZABLE, options.isolation() == Isolation.SERIALIZABLE);
        return new ReferenceTransaction(this, options, transactions.incrementAndGet(), newest());
    }

    // --- about ---

    @Override
    public long size() {
        checkOpen();
        data.lock.lock();
        try {
            return data.versions.values().stream().flatMap(List::stream)
                    .mapToLong(version -> version.key().length + version.value().length).sum();
        } finally {
            data.lock.unlock();
        }
    }

    @Override
    public long version() {
        checkOpen();
        return newest();
    }

    @Override
    public Maintenance maintenance() {
        return maintenance;
    }

    @Override
    public Backups backups() {
        return backups;
    }

    @Override
    public String name() {
        return context.name();
    }

    @Override
    public String engine() {
        return "reference";
    }

    @Override
    public StoreKind kind() {
        return StoreKind.KEY_VALUE;
    }

    @Override
    public Set<Capability> capabilities() {
        return capabilities;
    }

    @Override
    public Limits limits() {
        return LIMITS;
    }

    @Override
    public Health health() {
        return open ? Health.up() : Health.down("store '" + name() + "' is closed");
    }

    @Override
    public Metrics metrics() {
        return new Metrics(Map.of("writes_total", writes.get()), Map.of(), Map.of());
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        if (type == HandleTracker.class) {
            return type.cast(handles);
        }
        throw new UnsupportedFeatureException(ErrorCode.UNSUPPORTED_FEATURE, "store '" + name() + "' is no "
                + type.getName() + "; it unwraps to KVStore and HandleTracker");
    }

    @Override
    public void close() {
        if (!open) {
            return;
        }
        open = false;
        for (HandleTracker.Leak leak : handles.closeAll()) {
            StringWriter stack = new StringWriter();
            if (leak.openedAt() != null) {
                leak.openedAt().printStackTrace(new PrintWriter(stack));
            }
            context.events().onEvent(StorageEvent.of(clock.instant(), name(), kind(), EventType.LEAK,
                    leak.what() + " was left open", Map.of("stack", stack)));
        }
        release.run();
    }

    static boolean isOver(long beganNanos, Duration timeout) {
        return System.nanoTime() - beganNanos > timeout.toNanos();
    }
}
