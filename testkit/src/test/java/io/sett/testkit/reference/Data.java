// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.reference;

import io.sett.api.common.KeyRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** All versions of all keys, and the lock over them. */
final class Data {

    final ReentrantLock lock = new ReentrantLock();
    final NavigableMap<byte[], List<Version>> versions = new TreeMap<>(Arrays::compareUnsigned);
    long newest;
    /** Where commits go before they count; null for a store that keeps nothing. */
    @Nullable Journal journal;

    /** The newest version at or below a number, whatever it is; null when there is none. */
    @Nullable Version find(byte[] key, long at) {
        List<Version> all = versions.getOrDefault(key, List.of());
        for (int i = all.size() - 1; i >= 0; i--) {
            if (all.get(i).number() <= at) {
                return all.get(i);
            }
        }
        return null;
    }

    void add(Version version) {
        versions.computeIfAbsent(version.key(), key -> new ArrayList<>()).add(version);
    }

    /** Whether a key was written after a version. */
    boolean changed(byte[] key, long since) {
        List<Version> all = versions.getOrDefault(key, List.of());
        return !all.isEmpty() && all.get(all.size() - 1).number() > since;
    }

    /** Whether any key of a range was written after a version. */
    boolean changed(KeyRange range, long since) {
        return versions.keySet().stream().anyMatch(key -> range.contains(key) && changed(key, since));
    }
}
