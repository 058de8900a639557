// SPDX-License-Identifier: Apache-2.0
package io.sett.jcache;

import java.util.LinkedHashMap;
import java.util.Map;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.MutableConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * A configuration of the standard with the two things that it does not know: which engine keeps the entries, and the
 * settings of that engine. Any other configuration takes engine {@code memory} and the settings of
 * {@link #defaults()}.
 *
 * <pre>{@code
 * manager.createCache("sessions", new SettCacheConfiguration<String, Session>()
 *         .withSetting("performance.memory_limit", "256MB")
 *         .withSetting("eviction_policy", "w_tinylfu"));
 * }</pre>
 *
 * <p>Mutable, for one thread; a cache keeps a copy.
 *
 * @param <K> type of the keys
 * @param <V> type of the values
 */
public final class SettCacheConfiguration<K, V> extends MutableConfiguration<K, V> {

    private static final long serialVersionUID = 1;

    /** The engine of a cache that names none. */
    public static final String DEFAULT_ENGINE = "memory";

    /**
     * Times to live of a millisecond and more, as exact as the standard wants them, and none where none is given;
     * expired entries are swept each second, so that listeners hear of them.
     */
    private static final Map<String, String> DEFAULTS = Map.of("ttl.min_ttl", "1ms", "ttl.max_ttl", "0s",
            "ttl.ttl_precision", "millisecond", "ttl.default_ttl", "0s", "life_window", "0s", "ttl.cleanup_interval",
            "1s", "shards", "64");

    private String engine = DEFAULT_ENGINE;
    private final LinkedHashMap<String, String> settings = new LinkedHashMap<>();

    /** Engine {@code memory} with the settings of {@link #defaults()}. */
    public SettCacheConfiguration() {
        settings.putAll(DEFAULTS);
    }

    /** A copy of any configuration; engine and settings are copied from one of this class. */
    public SettCacheConfiguration(CompleteConfiguration<K, V> other) {
        super(other);
        settings.putAll(DEFAULTS);
        if (other instanceof SettCacheConfiguration<K, V> same) {
            engine = same.engine;
            settings.clear();
            settings.putAll(same.settings);
        }
    }

    /** The settings that a cache has unless it is told otherwise. */
    public static Map<String, String> defaults() {
        return DEFAULTS;
    }

    /**
     * Chooses the engine; what was set for another one is forgotten.
     *
     * @param id of an engine that offers caches
     */
    public SettCacheConfiguration<K, V> withEngine(String id) {
        if (!id.equals(engine)) {
            engine = id;
            settings.clear();
            if (id.equals(DEFAULT_ENGINE)) {
                settings.putAll(DEFAULTS);
            }
        }
        return this;
    }

    /** Changes a setting of the engine; checked when the cache is made. */
    public SettCacheConfiguration<K, V> withSetting(String path, Object value) {
        settings.put(path, value.toString());
        return this;
    }

    /** Id of the engine. */
    public String engine() {
        return engine;
    }

    /** What is set for the engine; a copy. */
    public Map<String, String> settings() {
        return new LinkedHashMap<>(settings);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SettCacheConfiguration<?, ?> that && super.equals(other) && engine.equals(that.engine)
                && settings.equals(that.settings);
    }

    @Override
    public int hashCode() {
        return (super.hashCode() * 31 + engine.hashCode()) * 31 + settings.hashCode();
    }
}
