// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.cache.peer;

import net.openhft.chronicle.map.ChronicleMap;

/** Chronicle Map in memory, made for the expected entries: neither eviction nor expiry. */
final class ChronicleCache implements CachePeer {

    private final ChronicleMap<String, byte[]> map;

    ChronicleCache(Size size) {
        map = ChronicleMap.of(String.class, byte[].class).name("cache").entries(size.entries())
                .averageKeySize(40).averageValueSize(size.valueBytes()).create();
    }

    @Override
    public byte[] get(String key) {
        return map.get(key);
    }

    @Override
    public int touch(String key) {
        byte[] value = map.get(key);
        return value == null ? -1 : value[0] & 0xff | value[value.length - 1] & 0xff;
    }

    @Override
    public void set(String key, byte[] value) {
        map.put(key, value);
    }

    @Override
    public void close() {
        map.close();
    }
}
