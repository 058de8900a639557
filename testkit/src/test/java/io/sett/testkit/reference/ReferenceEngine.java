// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.reference;

import io.sett.api.common.Capability;
import io.sett.api.common.Store;
import io.sett.api.common.StoreKind;
import io.sett.spi.DirectoryLock;
import io.sett.spi.EngineContext;
import io.sett.spi.EngineProvider;
import io.sett.spi.SpiVersion;
import io.sett.spi.settings.Setting;
import io.sett.spi.settings.SettingsSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The reference engine, right or wrong in one way; persistent within the process when it is asked to be. */
public final class ReferenceEngine implements EngineProvider {

    static final Setting<Boolean> PERSISTENT =
            Setting.flag("persistent", false, "Whether the content is kept, as long as the process lives.");

    private static final Map<Path, Data> KEPT = new ConcurrentHashMap<>();

    private final Fault fault;
    private final boolean persistent;

    /** The right engine, as a service. */
    public ReferenceEngine() {
        this(Fault.NONE, false);
    }

    /** An engine with a fault. */
    public ReferenceEngine(Fault fault, boolean persistent) {
        this.fault = fault;
        this.persistent = persistent;
    }

    @Override
    public String id() {
        return "reference";
    }

    @Override
    public Set<String> aliases() {
        return Set.of("ref");
    }

    @Override
    public SpiVersion spiVersion() {
        return new SpiVersion(1, 0);
    }

    @Override
    public Set<StoreKind> kinds() {
        return Set.of(StoreKind.KEY_VALUE);
    }

    @Override
    public Set<Capability> capabilities(StoreKind kind) {
        Set<Capability> all = EnumSet.of(Capability.TTL, Capability.USER_METADATA, Capability.SERIALIZABLE,
                Capability.SNAPSHOTS, Capability.VERSION_HISTORY, Capability.RANGE_DELETE, Capability.ASYNC_COMMIT);
        if (persistent) {
            all.add(Capability.PERSISTENT);
        }
        return Set.copyOf(all);
    }

    @Override
    public SettingsSchema schema(StoreKind kind) {
        return SettingsSchema.of(PERSISTENT);
    }

    @Override
    public String artifact() {
        return "io.sett:testkit";
    }

    @Override
    public Store open(StoreKind kind, EngineContext context) {
        if (!persistent) {
            return new ReferenceStore(context, capabilities(kind), new Data(), fault, () -> { });
        }
        DirectoryLock lock = fault == Fault.NO_LOCK ? null : DirectoryLock.acquire(context.dataRoot(), "store '"
                + context.name() + "'");
        Data data = data(context.dataRoot());
        spoil(data);
        return new ReferenceStore(context, capabilities(kind), data, fault, () -> {
            if (lock != null) {
                lock.close();
            }
        });
    }

    private void spoil(Data data) {
        if (fault == Fault.FORGETS) {
            data.versions.values().forEach(all -> all.removeIf(version -> version.number() == data.newest));
            data.versions.values().removeIf(java.util.List::isEmpty);
        } else if (fault == Fault.REVIVES) {
            data.versions.values().forEach(all -> all.removeIf(Version::deletion));
            data.versions.values().removeIf(java.util.List::isEmpty);
        }
    }

    /** The content of a directory; a copy of the directory begins with a copy of the content. */
    private static Data data(Path root) {
        Path origin = root.resolve("origin");
        try {
            Data known = KEPT.containsKey(root) ? KEPT.get(root) : copyOf(origin);
            KEPT.put(root, known);
            Files.writeString(origin, root.toString());
            return known;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Data copyOf(Path origin) {
        Data target = new Data();
        try {
            if (Files.exists(origin)) {
                Data source = KEPT.get(Path.of(Files.readString(origin)));
                source.versions.values().forEach(all -> all.forEach(target::add));
                target.newest = source.newest;
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return target;
    }
}
