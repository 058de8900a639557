// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.cache.peer;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.ehcache.Cache;
import org.ehcache.CacheManager;
import org.ehcache.config.builders.CacheConfigurationBuilder;
import org.ehcache.config.builders.CacheManagerBuilder;
import org.ehcache.config.builders.ExpiryPolicyBuilder;
import org.ehcache.config.builders.ResourcePoolsBuilder;
import org.ehcache.config.units.MemoryUnit;

/** Ehcache with nothing but its off-heap tier, and expiry. */
final class EhcacheOffHeap implements CachePeer {

    private final CacheManager manager;
    private final Cache<String, byte[]> cache;

    EhcacheOffHeap(Size size) {
        manager = CacheManagerBuilder.newCacheManagerBuilder().build(true);
        cache = manager.createCache("cache", CacheConfigurationBuilder.newCacheConfigurationBuilder(String.class,
                byte[].class, ResourcePoolsBuilder.newResourcePoolsBuilder().offheap(size.bytes() >> 20,
                MemoryUnit.MB)).withExpiry(ExpiryPolicyBuilder.timeToLiveExpiration(Duration.ofHours(1))));
    }

    @Override
    public byte[] get(String key) {
        return cache.get(key);
    }

    @Override
    public int touch(String key) {
        byte[] value = cache.get(key);
        return value == null ? -1 : value[0] & 0xff | value[value.length - 1] & 0xff;
    }

    @Override
    public void set(String key, byte[] value) {
        cache.put(key, value);
    }

    @Override
    public Map<String, byte[]> getMany(Collection<String> keys) {
        return cache.getAll(Set.copyOf(keys));
    }

    @Override
    public void setMany(Map<String, byte[]> entries) {
        cache.putAll(entries);
    }

    @Override
    public void close() {
        manager.close();
    }
}
