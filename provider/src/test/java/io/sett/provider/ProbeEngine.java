// SPDX-License-Identifier: Apache-2.0
package io.sett.provider;

import io.sett.api.common.Capability;
import io.sett.api.common.Store;
import io.sett.api.common.StoreKind;
import io.sett.spi.EngineContext;
import io.sett.spi.EngineProvider;
import io.sett.spi.SpiVersion;
import io.sett.spi.settings.Setting;
import io.sett.spi.settings.SettingsSchema;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** An engine of tests: opens stores that remember how they were opened and closed, and hold no data. */
public class ProbeEngine implements EngineProvider {

    public static final Setting<String> PATH = Setting.text("path", "./data/probe", "Where it lies.");
    public static final Setting<String> VALUE_DIR = Setting.text("value_dir", "", "Second directory.");
    public static final Setting<Boolean> SYNC = Setting.flag("sync_writes", true, "Force each write.");
    public static final Setting<Long> SIZE = Setting.size("mem_table_size", 64L << 20, 1 << 16, 4L << 30, "A size.");
    public static final Setting<Long> HARD = Setting.sizeInMebibytes("hard_max_cache_size", 0, 0, Long.MAX_VALUE,
            "A size in MiB.");
    public static final Setting<Double> RATIO = Setting.ratio("maintenance.gc_threshold", 0.7, 0, 1, "A ratio.");
    public static final Setting<Long> DAYS = Setting.number("backup.retention_days", 30, 1, 3650, "days", "Days.");
    public static final Setting<Duration> WINDOW = Setting.duration("life_window", Duration.ofMinutes(10),
            Duration.ofSeconds(1), Duration.ofDays(365), "A time.");
    public static final Setting<Long> BATCH = Setting.number("performance.batch_size", 100, 1, 100_000, "operations",
            "A number that storage.performance may give.");
    public static final Setting<String> SECRET = Setting.text("password", "", "A secret.").hidden();

    private final String id;
    private final Set<String> aliases;
    private final Set<StoreKind> kinds;
    public final List<ProbeStore> opened = new CopyOnWriteArrayList<>();
    public final List<String> closedNames = new CopyOnWriteArrayList<>();
    public volatile Consumer<EngineContext> whenOpening = context -> { };
    public volatile Consumer<ProbeStore> whenClosing = store -> { };

    public ProbeEngine(String id, Set<String> aliases, StoreKind... kinds) {
        this.id = id;
        this.aliases = aliases;
        this.kinds = EnumSet.copyOf(List.of(kinds));
    }

    public static ProbeEngine badger() {
        return new ProbeEngine("badger", Set.of("lsm"), StoreKind.KEY_VALUE);
    }

    public static ProbeEngine memory() {
        return new ProbeEngine("memory", Set.of(), StoreKind.CACHE, StoreKind.KEY_VALUE);
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
        return new SpiVersion(1, 0);
    }

    @Override
    public Set<StoreKind> kinds() {
        return kinds;
    }

    @Override
    public Set<Capability> capabilities(StoreKind kind) {
        return Set.of();
    }

    @Override
    public SettingsSchema schema(StoreKind kind) {
        return SettingsSchema.builder().addAll(SettingsSchema.of(PATH, VALUE_DIR, SYNC, SIZE, HARD, RATIO, DAYS, WINDOW,
                BATCH, SECRET)).alias("backup_retention", "backup.retention_days").build();
    }

    @Override
    public String artifact() {
        return "io.sett:probe";
    }

    @Override
    public Store open(StoreKind kind, EngineContext context) {
        whenOpening.accept(context);
        ProbeStore probe = new ProbeStore(this, context);
        opened.add(probe);
        return probe.proxy();
    }

    /** The probe behind a store. */
    public static ProbeStore of(Store store) {
        return store.unwrap(ProbeStore.class);
    }

    /** Settings that the named store got, by path. */
    public Map<String, io.sett.spi.settings.SettingValue> settingsOf(String name) {
        return opened.stream().filter(store -> store.context().name().equals(name)).reduce((one, two) -> two)
                .orElseThrow().context().settings().effective();
    }
}
