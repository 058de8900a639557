// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.temp;

import io.sett.api.common.Capability;
import io.sett.api.common.Health;
import io.sett.api.common.Limits;
import io.sett.api.common.Metrics;
import io.sett.api.common.StoreKind;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.error.UnsupportedFeatureException;
import io.sett.api.file.FileInput;
import io.sett.api.file.FileOutput;
import io.sett.api.file.FileStoreUsage;
import io.sett.api.file.TempDir;
import io.sett.api.file.TempFile;
import io.sett.api.file.TempFileInfo;
import io.sett.api.file.TempStore;
import io.sett.engine.file.internal.io.IoErrors;
import io.sett.spi.Deadline;
import io.sett.spi.EngineContext;
import io.sett.spi.Glob;
import io.sett.spi.HandleTracker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A temporary store in a directory. */
public final class LocalTempStore implements TempStore {

    /** What it can do. */
    public static final Set<Capability> CAPABILITIES = Set.of(Capability.TTL, Capability.STREAMS, Capability.QUOTA,
            Capability.PATTERNS, Capability.DEADLINES);

    private final TempSpace space;
    private final Optional<Duration> timeout;
    private final boolean owner;

    private LocalTempStore(TempSpace space, Optional<Duration> timeout, boolean owner) {
        this.space = space;
        this.timeout = timeout;
        this.owner = owner;
    }

    /** Opens the store and deletes what dead ones left. */
    public static LocalTempStore open(EngineContext context) {
        return new LocalTempStore(TempSpace.open(context), Optional.empty(), true);
    }

    private void begin(String action) {
        space.check(action, Deadline.after(timeout));
    }

    @Override
    public TempFile create(String prefix, String suffix, Duration ttl) {
        begin("creating a file");
        return new LocalTempFile(this, space.create(prefix, suffix, ttl, false).id);
    }

    @Override
    public Optional<TempFile> get(String id) {
        begin("looking for a file");
        return space.find(id).filter(entry -> !entry.directory).map(entry -> new LocalTempFile(this, id));
    }

    @Override
    public FileInput openRead(String id) {
        begin("opening a file");
        return TempInput.open(space, space.require(id, false), timeout);
    }

    @Override
    public FileOutput openWrite(String id) {
        begin("opening a file for writing");
        return new TempOutput(space, space.require(id, false), timeout);
    }

    @Override
    public boolean remove(String id) {
        begin("removing a file");
        return space.remove(id, false);
    }

    @Override
    public TempDir createDir(String prefix, String suffix, Duration ttl) {
        begin("creating a directory");
        TempEntry entry = space.create(prefix, suffix, ttl, true);
        return new LocalTempDir(this, entry.id, entry.path);
    }

    @Override
    public boolean removeDir(String id) {
        begin("removing a directory");
        return space.remove(id, true);
    }

    @Override
    public List<TempFileInfo> list(String pattern) {
        begin("listing");
        Glob glob = Glob.of(pattern);
        return space.live().stream().filter(entry -> glob.matches(entry.id)).map(this::infoOf).toList();
    }

    TempFileInfo info(String id, boolean directory) {
        begin("looking for a file");
        return infoOf(space.require(id, directory));
    }

    private TempFileInfo infoOf(TempEntry entry) {
        if (!entry.directory) {
            return entry.info(entry.size);
        }
        try {
            return entry.info(space.measure(entry));
        } catch (IOException failed) {
            throw IoErrors.failed("measure", entry.path, failed);
        }
    }

    Path path(String id, boolean directory) {
        begin("looking for a file");
        return space.require(id, directory).path;
    }

    @Override
    public int cleanupExpired() {
        begin("cleaning");
        return space.cleanupExpired();
    }

    @Override
    public void setExpiration(String id, Duration ttl) {
        begin("setting an expiration");
        space.setExpiration(space.find(id).orElseThrow(() -> space.absent(id)), ttl);
    }

    @Override
    public FileStoreUsage usage() {
        begin("measuring");
        space.measureDirectories();
        return new FileStoreUsage(space.live().size(), space.bytes(), OptionalLong.of(space.settings().maxFiles()),
                OptionalLong.of(space.settings().maxSize()), OptionalLong.of(usable()));
    }

    private long usable() {
        try {
            return Files.getFileStore(space.root()).getUsableSpace();
        } catch (IOException failed) {
            throw IoErrors.failed("measure", space.root(), failed);
        }
    }

    @Override
    public TempStore withTimeout(Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new InvalidOperationException(ErrorCode.INVALID_ARGUMENT,
                    "the timeout is " + limit + "; it must be more than zero");
        }
        return new LocalTempStore(space, Optional.of(limit), false);
    }

    @Override
    public String name() {
        return space.context().name();
    }

    @Override
    public String engine() {
        return "temp";
    }

    @Override
    public StoreKind kind() {
        return StoreKind.TEMP;
    }

    @Override
    public Set<Capability> capabilities() {
        return CAPABILITIES;
    }

    @Override
    public Limits limits() {
        return new Limits(255, space.settings().maxSize(), space.settings().maxSize(), 1, null);
    }

    @Override
    public Health health() {
        return space.isOpen() ? Health.up() : Health.down("closed");
    }

    @Override
    public Metrics metrics() {
        return new Metrics(Map.of(), Map.of("files", (double) space.live().size(), "bytes", (double) space.bytes(),
                "open_streams", (double) space.handles().openCount()), Map.of());
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
        throw new UnsupportedFeatureException(ErrorCode.UNSUPPORTED_FEATURE, "a temporary store unwraps to "
                + "java.nio.file.Path (its directory) and io.sett.spi.HandleTracker, not to " + type.getName());
    }

    @Override
    public void close() {
        if (owner) {
            space.close();
        }
    }
}
