// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.cache;

import io.sett.api.cache.CacheStore;
import io.sett.engine.memcache.internal.settings.CacheSettings;
import io.sett.spi.EngineContext;
import io.sett.spi.Scheduler;
import io.sett.spi.log.Loggers;
import io.sett.spi.settings.EngineSettings;
import io.sett.spi.settings.Problems;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Opens and closes a cache in order. */
public final class Lifecycle {

    private static final Logger LOG = Loggers.of(Lifecycle.class);

    private final CacheCore core;
    private final Upkeep upkeep;
    private Scheduler.@Nullable Task monitoring;
    private Runnable bean = () -> { };

    private Lifecycle(CacheCore core) {
        this.core = core;
        this.upkeep = new Upkeep(core);
    }

    /** Opens a cache with checked settings of {@link CacheSettings#SCHEMA}. */
    public static CacheStore open(EngineContext context) {
        check(context.settings());
        CacheCore core = new CacheCore(context);
        Lifecycle lifecycle = new Lifecycle(core);
        MemoryCacheStore store = new MemoryCacheStore(core, lifecycle, core.lockWait(), false);
        lifecycle.start(store);
        return store;
    }

    /** Rules between settings. */
    private static void check(EngineSettings settings) {
        Problems problems = new Problems();
        Duration min = settings.get(CacheSettings.MIN_TTL);
        Duration max = settings.get(CacheSettings.MAX_TTL);
        if (!max.isZero() && min.compareTo(max) > 0) {
            problems.add(settings.fullPath(CacheSettings.MIN_TTL), min.toString(),
                    settings.origin(CacheSettings.MIN_TTL), "must not be more than "
                            + settings.fullPath(CacheSettings.MAX_TTL) + " = " + max + " ("
                            + settings.origin(CacheSettings.MAX_TTL) + ")", Optional.empty());
        }
        problems.throwIfAny("the configuration of the cache");
    }

    private void start(MemoryCacheStore store) {
        EngineSettings settings = core.context().settings();
        upkeep.start();
        if (settings.get(CacheSettings.ENABLE_METRICS)) {
            CacheMonitor monitor = new CacheMonitor(core, GcTime.ofThisJvm());
            monitoring = core.context().scheduler().every(settings.get(CacheSettings.METRICS_INTERVAL), monitor::run);
            if (settings.get(CacheSettings.EXPORT_METRICS)) {
                bean = CacheBean.register(core.name(), store::metrics);
            }
        }
        if (settings.get(CacheSettings.LOGGER_ENABLED)) {
            LOG.debug("cache '{}' is open: {} shards, limit {} bytes, {} eviction", core.name(), core.shardCount(),
                    core.plan().limits().totalBytes(), core.plan().eviction());
        }
    }

    /** Closes the cache: new calls fail, those under way end, listeners hear what is queued. Idempotent. */
    void close() {
        if (!core.beginClose()) {
            return;
        }
        upkeep.stop();
        if (monitoring != null) {
            monitoring.cancel();
        }
        bean.run();
        core.context().reportLeaks(core.handles().closeAll());
        core.discard();
        core.removals().close();
    }
}
