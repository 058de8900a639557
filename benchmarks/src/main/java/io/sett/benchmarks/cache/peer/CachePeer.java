// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.cache.peer;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A cache under measurement. Copy semantics are the same for all: what is set is copied in, what {@link #get} returns
 * belongs to the caller.
 */
public interface CachePeer extends AutoCloseable {

    /** What a peer must hold. */
    record Size(long bytes, long entries, int valueBytes) {
    }

    /** A copy of the value, or null. */
    byte[] get(String key);

    /** Looks at the first and the last byte of the value where it lies; -1 when it is absent. */
    int touch(String key);

    void set(String key, byte[] value);

    /** Several at once; one by one where the peer offers nothing. */
    default Map<String, byte[]> getMany(Collection<String> keys) {
        Map<String, byte[]> found = new LinkedHashMap<>();
        for (String key : keys) {
            byte[] value = get(key);
            if (value != null) {
                found.put(key, value);
            }
        }
        return found;
    }

    /** Several at once; one by one where the peer offers nothing. */
    default void setMany(Map<String, byte[]> entries) {
        entries.forEach(this::set);
    }

    /** Removes everything. */
    default void clear() {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " is not measured with clear");
    }

    @Override
    void close();

    /** A peer by its name. */
    static CachePeer open(String name, Size size) {
        return switch (name) {
            case "sett" -> new SettCache(size, "lru");
            case "sett-w_tinylfu" -> new SettCache(size, "w_tinylfu");
            case "sett-s3_fifo" -> new SettCache(size, "s3_fifo");
            case "sett-fifo" -> new SettCache(size, "fifo");
            case "caffeine" -> new CaffeineCache(size);
            case "ohc" -> new OhcCache(size);
            case "ehcache" -> new EhcacheOffHeap(size);
            case "chronicle" -> new ChronicleCache(size);
            case "map" -> new HeapMap();
            case "none" -> new NoCache();
            default -> throw new IllegalArgumentException("no peer '" + name + "', there are sett, sett-w_tinylfu, "
                    + "sett-s3_fifo, sett-fifo, caffeine, ohc, ehcache, chronicle, map, none");
        };
    }
}
