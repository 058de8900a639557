// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.kv;

import io.sett.api.common.Capability;
import io.sett.api.common.Health;
import io.sett.api.common.Limits;
import io.sett.api.common.Metrics;
import io.sett.api.common.StoreKind;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.error.UnsupportedFeatureException;
import io.sett.api.file.FileInfo;
import io.sett.api.file.FileInput;
import io.sett.api.file.FileOutput;
import io.sett.api.file.FileStore;
import io.sett.api.file.FileStoreUsage;
import io.sett.api.file.FileWatch;
import io.sett.api.file.SaveOptions;
import io.sett.api.kv.KVStore;
import io.sett.engine.file.internal.name.NameRules;
import io.sett.spi.Deadline;
import io.sett.spi.EngineContext;
import io.sett.spi.Glob;
import io.sett.spi.HandleTracker;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** A file store in a key-value store. */
public final class KeyValueFileStore implements FileStore {

    /** The id of the engine. */
    public static final String ENGINE = "kvfile";

    /** What it can do whatever the key-value engine can. */
    public static final Set<Capability> CAPABILITIES = Set.of(Capability.STREAMS, Capability.RANGE_READ,
            Capability.APPEND, Capability.CHECKSUMS, Capability.QUOTA, Capability.PATTERNS, Capability.DEADLINES,
            Capability.WATCH);

    private final KeyValueSpace space;
    private final EntryWrites writes;
    private final Optional<Duration> timeout;
    private final boolean owner;
    private final Set<Capability> capabilities;

    private KeyValueFileStore(KeyValueSpace space, Optional<Duration> timeout, boolean owner) {
        this.space = space;
        this.writes = new EntryWrites(space);
        this.timeout = timeout;
        this.owner = owner;
        EnumSet<Capability> all = EnumSet.copyOf(CAPABILITIES);
        for (Capability durable : List.of(Capability.PERSISTENT, Capability.SYNC_WRITES)) {
            if (space.store().supports(durable)) {
                all.add(durable);
            }
        }
        this.capabilities = Set.copyOf(all);
    }

    /**
     * Opens the files below a prefix of a key-value store.
     *
     * @param owned whether closing the file store closes the key-value store
     */
    public static KeyValueFileStore open(EngineContext context, KVStore store, byte[] prefix, boolean owned) {
        return new KeyValueFileStore(KeyValueSpace.open(context, store, prefix, owned), Optional.empty(), true);
    }

    private Deadline begin(String action) {
        Deadline deadline = Deadline.after(timeout);
        space.check(action, deadline);
        return deadline;
    }

    @Override
    public FileInput openRead(String name) {
        return openRead(name, 0, Long.MAX_VALUE);
    }

    @Override
    public FileInput openRead(String name, long offset, long length) {
        begin("opening a file");
        if (offset < 0 || length < 0) {
            throw new InvalidOperationException(ErrorCode.INVALID_ARGUMENT,
                    "offset and length must not be negative, got " + offset + " and " + length);
        }
        return ChunkInput.open(space, NameRules.file(name), offset, length, timeout);
    }

    @Override
    public boolean exists(String name) {
        begin("looking for a file");
        return NameRules.directory(name).isEmpty() || space.store().has(space.keys().entry(name));
    }

    @Override
    public FileInfo info(String name) {
        begin("looking for a file");
        if (NameRules.directory(name).isEmpty()) {
            return FileEntry.directory(space.header().madeMillis()).info("");
        }
        return space.entry(space.store(), name).map(entry -> entry.info(name))
                .orElseThrow(() -> EntryWrites.absent(name, "file or directory"));
    }

    @Override
    public List<FileInfo> list(String directory, String pattern) {
        begin("listing");
        Glob glob = Glob.of(pattern);
        new EntryDirectories(space).require(NameRules.directory(directory));
        return EntryWalk.children(space, directory, glob.literalPrefix()).stream()
                .filter(info -> !info.directory() && glob.matches(info.fileName())).toList();
    }

    @Override
    public List<FileInfo> directories(String directory) {
        begin("listing");
        new EntryDirectories(space).require(NameRules.directory(directory));
        return EntryWalk.children(space, directory, "").stream().filter(FileInfo::directory).toList();
    }

    @Override
    public Stream<FileInfo> walk(String directory, String pattern) {
        begin("walking");
        Glob glob = Glob.of(pattern);
        new EntryDirectories(space).require(NameRules.directory(directory));
        int prefix = directory.isEmpty() ? 0 : directory.length() + 1;
        return EntryWalk.files(space, directory, () -> space.check("walking", Deadline.after(timeout)))
                .filter(info -> glob.matches(info.name().substring(prefix)));
    }

    @Override
    public FileWatch watch(String directory, String pattern) {
        begin("watching");
        return space.watches().open(NameRules.directory(directory), pattern);
    }

    @Override
    public FileOutput openWrite(String name, SaveOptions options) {
        begin("opening a file for writing");
        SaveOptions timed = options.timeout().isPresent() || timeout.isEmpty() ? options
                : options.withTimeout(timeout.get());
        return writes.openWrite(NameRules.file(name), timed);
    }

    @Override
    public FileInfo append(String name, byte[] content) {
        return writes.append(NameRules.file(name), content, begin("appending"));
    }

    @Override
    public void delete(String name) {
        if (!deleteIfExists(name)) {
            throw EntryWrites.absent(name, "file");
        }
    }

    @Override
    public boolean deleteIfExists(String name) {
        return writes.delete(NameRules.file(name), begin("deleting"));
    }

    @Override
    public void makeDir(String directory) {
        begin("making a directory");
        new EntryDirectories(space).make(NameRules.directory(directory));
    }

    @Override
    public void deleteDir(String directory, boolean recursive) {
        Deadline deadline = begin("deleting a directory");
        new EntryDirectories(space).delete(NameRules.directory(directory), recursive, deadline);
    }

    @Override
    public FileInfo copy(String source, String target, boolean overwrite) {
        return writes.copy(NameRules.file(source), NameRules.file(target), overwrite, begin("copying"));
    }

    @Override
    public FileInfo move(String source, String target, boolean overwrite) {
        return writes.move(NameRules.file(source), NameRules.file(target), overwrite, begin("moving"));
    }

    @Override
    public FileStoreUsage usage() {
        Deadline deadline = begin("measuring");
        long[] sums = new long[2];
        EntryWalk.files(space, "", () -> space.check("measuring", deadline)).forEach(info -> {
            sums[0]++;
            sums[1] += info.size();
        });
        return new FileStoreUsage(sums[0], sums[1], space.quota().maxFiles(), space.quota().maxBytes(),
                OptionalLong.empty());
    }

    @Override
    public FileStore withTimeout(Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new InvalidOperationException(ErrorCode.INVALID_ARGUMENT,
                    "the timeout is " + limit + "; it must be more than zero");
        }
        return new KeyValueFileStore(space, Optional.of(limit), false);
    }

    @Override
    public String name() {
        return space.context().name();
    }

    @Override
    public String engine() {
        return ENGINE;
    }

    @Override
    public StoreKind kind() {
        return StoreKind.FILE;
    }

    @Override
    public Set<Capability> capabilities() {
        return capabilities;
    }

    @Override
    public Limits limits() {
        return new Limits(1024, space.settings().maxFileSize(), space.settings().maxFileSize(), 1, null);
    }

    @Override
    public Health health() {
        return space.isOpen() ? space.store().health() : Health.down("closed");
    }

    @Override
    public Metrics metrics() {
        return new Metrics(Map.of("read_bytes", space.readBytes().sum(), "written_bytes", space.writtenBytes().sum()),
                Map.of("open_streams", (double) space.handles().openCount()), Map.of());
    }

    @Override
    public boolean isOpen() {
        return space.isOpen();
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        if (type == KVStore.class) {
            return type.cast(space.store());
        }
        if (type == HandleTracker.class) {
            return type.cast(space.handles());
        }
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new UnsupportedFeatureException(ErrorCode.UNSUPPORTED_FEATURE, "a file store in a key-value store "
                + "unwraps to io.sett.api.kv.KVStore and io.sett.spi.HandleTracker, not to " + type.getName());
    }

    @Override
    public void close() {
        if (owner) {
            space.close();
        }
    }
}
