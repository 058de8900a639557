// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.hash;

/** A 64-bit hash of the first bytes of an array. Stateless; safe for many threads. */
@FunctionalInterface
public interface KeyHash {

    long hash(byte[] bytes, int length);

    /**
     * This hash with its bits stirred, so that every part of it is as good as the whole: the finisher of MurmurHash3
     * (A. Appleby). Equal stays equal, different stays different.
     */
    default KeyHash stirred() {
        return (bytes, length) -> stir(hash(bytes, length));
    }

    private static long stir(long hash) {
        long h = hash;
        h ^= h >>> 33;
        h *= 0xff51afd7ed558ccdL;
        h ^= h >>> 33;
        h *= 0xc4ceb9fe1a85ec53L;
        return h ^ h >>> 33;
    }
}
