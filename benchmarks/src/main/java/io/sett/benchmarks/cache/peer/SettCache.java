// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.cache.peer;

import io.sett.api.cache.CacheStore;
import io.sett.engine.memcache.MemoryCache;
import io.sett.engine.memcache.MemoryCacheOptions;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;

/** The cache of this library, with its defaults but for the limit and the policy: entries expire. */
final class SettCache implements CachePeer {

    private static final Duration TTL = Duration.ofMinutes(10);

    private final CacheStore cache;

    SettCache(Size size, String policy) {
        cache = MemoryCache.open(MemoryCacheOptions.defaults().withMaxBytes(size.bytes()).withEviction(policy));
    }

    @Override
    public byte[] get(String key) {
        return cache.get(key).orElse(null);
    }

    @Override
    public int touch(String key) {
        return cache.read(key, slice -> slice.get(0) & 0xff | slice.get(slice.length() - 1) & 0xff).orElse(-1);
    }

    @Override
    public void set(String key, byte[] value) {
        cache.set(key, value, TTL);
    }

    @Override
    public Map<String, byte[]> getMany(Collection<String> keys) {
        return cache.getMany(keys);
    }

    @Override
    public void setMany(Map<String, byte[]> entries) {
        cache.setMany(entries, TTL);
    }

    @Override
    public void clear() {
        cache.clear();
    }

    @Override
    public void close() {
        cache.close();
    }
}
