// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.cache.peer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;

/** Caffeine with copies, a limit on the bytes of keys and values, and expiry. */
final class CaffeineCache implements CachePeer {

    private final Cache<String, byte[]> cache;

    CaffeineCache(Size size) {
        cache = Caffeine.newBuilder().maximumWeight(size.bytes())
                .weigher((String key, byte[] value) -> key.length() + value.length)
                .expireAfterWrite(Duration.ofHours(1)).build();
    }

    @Override
    public byte[] get(String key) {
        byte[] value = cache.getIfPresent(key);
        return value == null ? null : value.clone();
    }

    @Override
    public int touch(String key) {
        byte[] value = cache.getIfPresent(key);
        return value == null ? -1 : value[0] & 0xff | value[value.length - 1] & 0xff;
    }

    @Override
    public void set(String key, byte[] value) {
        cache.put(key, value.clone());
    }

    @Override
    public void close() {
        cache.invalidateAll();
    }
}
