// SPDX-License-Identifier: Apache-2.0
package io.sett.spi;

import io.sett.api.common.Capability;
import io.sett.api.common.Store;
import io.sett.api.common.StoreKind;
import io.sett.spi.settings.SettingsSchema;
import java.util.Set;

/** An engine that is only found, never opened. */
class FakeEngine implements EngineProvider {

    private final String id;
    private final Set<String> aliases;
    private final SpiVersion version;

    FakeEngine(String id, Set<String> aliases, SpiVersion version) {
        this.id = id;
        this.aliases = aliases;
        this.version = version;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Set<String> aliases() {
        return aliases;
    }

    @Override
    public SpiVersion spiVersion() {
        return version;
    }

    @Override
    public Set<StoreKind> kinds() {
        return Set.of(StoreKind.KEY_VALUE);
    }

    @Override
    public Set<Capability> capabilities(StoreKind kind) {
        return Set.of();
    }

    @Override
    public SettingsSchema schema(StoreKind kind) {
        return SettingsSchema.empty();
    }

    @Override
    public String artifact() {
        return "test:fake";
    }

    @Override
    public Store open(StoreKind kind, EngineContext context) {
        throw new IllegalStateException("never opened");
    }

    /** Another class, so that the registry takes it for another engine. */
    static final class Other extends FakeEngine {
        Other(String id, Set<String> aliases, SpiVersion version) {
            super(id, aliases, version);
        }
    }

    /** Found as a service by the test, fails in its constructor. */
    public static final class Broken extends FakeEngine {
        public Broken() {
            super("broken", Set.of(), SpiVersion.CURRENT);
            throw new IllegalStateException("the driver of this engine is missing");
        }
    }

    /** Found as a service by the test, built for a later SPI. */
    public static final class Newer extends FakeEngine {
        public Newer() {
            super("newer", Set.of(), new SpiVersion(2, 0));
        }
    }

    /** Found as a service by the test, fine. */
    public static final class Fine extends FakeEngine {
        public Fine() {
            super("fine", Set.of("good"), new SpiVersion(1, 0));
        }
    }
}
