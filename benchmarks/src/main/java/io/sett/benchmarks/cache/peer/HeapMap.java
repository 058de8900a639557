// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.cache.peer;

import java.util.concurrent.ConcurrentHashMap;

/** A ConcurrentHashMap with copies: neither limit nor expiry. */
final class HeapMap implements CachePeer {

    private final ConcurrentHashMap<String, byte[]> map = new ConcurrentHashMap<>();

    @Override
    public byte[] get(String key) {
        byte[] value = map.get(key);
        return value == null ? null : value.clone();
    }

    @Override
    public int touch(String key) {
        byte[] value = map.get(key);
        return value == null ? -1 : value[0] & 0xff | value[value.length - 1] & 0xff;
    }

    @Override
    public void set(String key, byte[] value) {
        map.put(key, value.clone());
    }

    @Override
    public void close() {
        map.clear();
    }
}
