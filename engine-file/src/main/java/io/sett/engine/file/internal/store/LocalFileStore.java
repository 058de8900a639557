// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.store;

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
import io.sett.engine.file.internal.format.Footer;
import io.sett.engine.file.internal.name.NameRules;
import io.sett.spi.Deadline;
import io.sett.spi.EngineContext;
import io.sett.spi.Glob;
import io.sett.spi.HandleTracker;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** A file store in a directory. */
public final class LocalFileStore implements FileStore {

    /** What it can do. */
    public static final Set<Capability> CAPABILITIES = Set.of(Capability.PERSISTENT, Capability.SYNC_WRITES,
            Capability.STREAMS, Capability.RANGE_READ, Capability.APPEND, Capability.CHECKSUMS, Capability.QUOTA,
            Capability.PATTERNS, Capability.DEADLINES, Capability.WATCH);

    private static final double LOW_SPACE = 0.01;

    private final FileSpace space;
    private final FileWrites writes;
    private final Optional<Duration> timeout;
    private final boolean owner;

    private LocalFileStore(FileSpace space, Optional<Duration> timeout, boolean owner) {
        this.space = space;
        this.writes = new FileWrites(space);
        this.timeout = timeout;
        this.owner = owner;
    }

    /** Opens the store; the directory is made when it is missing. */
    public static LocalFileStore open(EngineContext context) {
        return new LocalFileStore(FileSpace.open(context), Optional.empty(), true);
    }

    private Deadline begin(String action) {
        Deadline deadline = Deadline.after(timeout);
        space.check(action, deadline);
        return deadline;
    }

    private SaveOptions timed(SaveOptions options) {
        return options.timeout().isPresent() || timeout.isEmpty() ? options : options.withTimeout(timeout.get());
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
        return new Opening(space, name).open(offset, length, timeout);
    }

    @Override
    public boolean exists(String name) {
        begin("looking for a file");
        Path path = space.locator().directory(name);
        return Infos.attributes(path).isPresent();
    }

    @Override
    public FileInfo info(String name) {
        begin("looking for a file");
        return new Infos(space).require(name, space.locator().directory(name));
    }

    @Override
    public List<FileInfo> list(String directory, String pattern) {
        Deadline deadline = begin("listing");
        Glob glob = Glob.of(pattern);
        Infos infos = new Infos(space);
        List<FileInfo> files = new ArrayList<>();
        for (Path path : TreeWalk.entries(requireDirectory(directory))) {
            space.check("listing", deadline);
            if (glob.matches(path.getFileName().toString())) {
                Infos.attributes(path).filter(attributes -> attributes.isRegularFile()).ifPresent(
                        attributes -> files.add(infos.listed(space.locator().name(path), path, attributes)));
            }
        }
        return List.copyOf(files);
    }

    @Override
    public Stream<FileInfo> walk(String directory, String pattern) {
        begin("walking");
        Glob glob = Glob.of(pattern);
        Path start = requireDirectory(directory);
        int prefix = directory.isEmpty() ? 0 : directory.length() + 1;
        Infos infos = new Infos(space);
        return TreeWalk.files(start, () -> space.check("walking", Deadline.after(timeout)))
                .filter(path -> glob.matches(space.locator().name(path).substring(prefix)))
                .flatMap(path -> Infos.attributes(path).stream()
                        .map(attributes -> infos.listed(space.locator().name(path), path, attributes)));
    }

    @Override
    public List<FileInfo> directories(String directory) {
        Deadline deadline = begin("listing");
        List<FileInfo> found = new ArrayList<>();
        for (Path path : TreeWalk.entries(requireDirectory(directory))) {
            space.check("listing", deadline);
            Infos.attributes(path).filter(attributes -> attributes.isDirectory()).ifPresent(
                    attributes -> found.add(Infos.directory(space.locator().name(path), attributes)));
        }
        return List.copyOf(found);
    }

    @Override
    public FileWatch watch(String directory, String pattern) {
        begin("watching");
        return space.watches().open(NameRules.directory(directory), pattern);
    }

    private Path requireDirectory(String name) {
        Path path = space.locator().directory(name);
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            throw Infos.absent(name, "directory");
        }
        return path;
    }

    @Override
    public FileOutput openWrite(String name, SaveOptions options) {
        begin("opening a file for writing");
        return writes.openWrite(name, timed(options));
    }

    @Override
    public FileInfo append(String name, byte[] content) {
        return writes.append(name, content, begin("appending"));
    }

    @Override
    public void delete(String name) {
        if (!deleteIfExists(name)) {
            throw Infos.absent(name, "file");
        }
    }

    @Override
    public boolean deleteIfExists(String name) {
        return writes.delete(name, begin("deleting"));
    }

    @Override
    public void makeDir(String directory) {
        begin("making a directory");
        new DirectoryWrites(space).make(directory);
    }

    @Override
    public void deleteDir(String directory, boolean recursive) {
        new DirectoryWrites(space).delete(directory, recursive, begin("deleting a directory"));
    }

    @Override
    public FileInfo copy(String source, String target, boolean overwrite) {
        return writes.copy(source, target, overwrite, begin("copying"));
    }

    @Override
    public FileInfo move(String source, String target, boolean overwrite) {
        return writes.move(source, target, overwrite, begin("moving"));
    }

    @Override
    public FileStoreUsage usage() {
        Deadline deadline = begin("measuring");
        long[] sums = new long[2];
        TreeWalk.files(space.locator().root(), () -> space.check("measuring", deadline)).forEach(path -> {
            Infos.attributes(path).ifPresent(attributes -> {
                sums[0]++;
                sums[1] += Footer.contentLength(attributes.size());
            });
        });
        return new FileStoreUsage(sums[0], sums[1], space.quota().maxFiles(), space.quota().maxBytes(),
                OptionalLong.of(usable()));
    }

    private long usable() {
        return FileSpace.io("measure", space.root(), () -> Files.getFileStore(space.root()).getUsableSpace());
    }

    @Override
    public FileStore withTimeout(Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new InvalidOperationException(ErrorCode.INVALID_ARGUMENT,
                    "the timeout is " + limit + "; it must be more than zero");
        }
        return new LocalFileStore(space, Optional.of(limit), false);
    }

    @Override
    public String name() {
        return space.context().name();
    }

    @Override
    public String engine() {
        return "file";
    }

    @Override
    public StoreKind kind() {
        return StoreKind.FILE;
    }

    @Override
    public Set<Capability> capabilities() {
        return CAPABILITIES;
    }

    @Override
    public Limits limits() {
        return new Limits(1024, space.settings().maxFileSize(), space.settings().maxFileSize(), 1, null);
    }

    @Override
    public Health health() {
        if (!space.isOpen()) {
            return Health.down("closed");
        }
        return FileSpace.io("measure", space.root(), () -> {
            java.nio.file.FileStore disk = Files.getFileStore(space.root());
            boolean low = disk.getTotalSpace() > 0 && disk.getUsableSpace() < disk.getTotalSpace() * LOW_SPACE;
            return Health.of(List.of(new Health.Check("disk", low ? Health.Status.DEGRADED : Health.Status.UP,
                    disk.getUsableSpace() + " bytes free" + (low ? "; free some space" : ""))));
        });
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
        if (type == Path.class) {
            return type.cast(space.root());
        }
        if (type == HandleTracker.class) {
            return type.cast(space.handles());
        }
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new UnsupportedFeatureException(ErrorCode.UNSUPPORTED_FEATURE, "a file store unwraps to "
                + "java.nio.file.Path (its directory) and io.sett.spi.HandleTracker, not to " + type.getName());
    }

    @Override
    public void close() {
        if (owner) {
            space.close();
        }
    }
}
