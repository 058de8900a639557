// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Options of a store opened by {@link Lsm}. Immutable. The defaults are those of the section {@code storage.badger} of
 * the configuration, but for the length from which on values are stored apart from their keys. Values are checked when
 * the store is opened, all of them at once.
 *
 * @param settings values by their path in that section, for example {@code transaction.write_timeout}
 */
public record LsmOptions(Map<String, Object> settings) {

    /** The value threshold of {@link #defaults()} in bytes; docs/tuning.md has the figures behind it. */
    public static final long RECOMMENDED_VALUE_THRESHOLD = 512;

    private static final LsmOptions DEFAULTS = new LsmOptions(Map.of("value_threshold", RECOMMENDED_VALUE_THRESHOLD));

    /** Copies the map. */
    public LsmOptions {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /**
     * The documented defaults (every commit is forced to the device), with {@link #RECOMMENDED_VALUE_THRESHOLD} in
     * place of 32 bytes.
     */
    public static LsmOptions defaults() {
        return DEFAULTS;
    }

    /**
     * The same with another value of a setting.
     *
     * @param path of the setting below {@code storage.badger}
     * @param value number, text, boolean or Duration, as the setting needs it
     */
    public LsmOptions with(String path, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(settings);
        changed.put(path, value instanceof Duration duration ? duration.toMillis() + "ms" : value);
        return new LsmOptions(changed);
    }

    /** Whether a commit survives a power cut before it is acknowledged; default true. If not, it survives a kill. */
    public LsmOptions withSyncWrites(boolean sync) {
        return with("sync_writes", sync);
    }

    /** For reading only; default false. */
    public LsmOptions withReadOnly(boolean readOnly) {
        return with("read_only", readOnly);
    }

    /** Size in bytes at which a memtable is flushed; default 64 MiB. */
    public LsmOptions withMemTableSize(long bytes) {
        return with("mem_table_size", bytes);
    }

    /** Memory in bytes for blocks of tables; default a quarter of the memory budget, at most 256 MiB. */
    public LsmOptions withBlockCacheSize(long bytes) {
        return with("block_cache_size", bytes);
    }

    /** Longer values in bytes are stored apart from their keys; default {@link #RECOMMENDED_VALUE_THRESHOLD}. */
    public LsmOptions withValueThreshold(long bytes) {
        return with("value_threshold", bytes);
    }

    /** Whether values that are stored apart are compressed, with the codec of the tables; default false. */
    public LsmOptions withCompressedValues(boolean compressed) {
        return with("compress_values", compressed);
    }

    /** Codec of table blocks: {@code none}, {@code snappy} (default), {@code lz4} or {@code zstd}. */
    public LsmOptions withCompression(String codec) {
        return with("compression_type", codec);
    }
}
