// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.kv;

import io.sett.api.common.KeyRange;
import io.sett.spi.kv.PendingWrite;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The ordered keys with their versions. Reading needs no lock; the writing methods are called under the commit lock.
 */
final class VersionedMap {

    private final ConcurrentSkipListMap<byte[], KeyVersions> keys =
            new ConcurrentSkipListMap<>(Arrays::compareUnsigned);
    private volatile long keyCount;
    private volatile long versionCount;
    private volatile long bytes;

    /** The versions of a key, or null. */
    @Nullable KeyVersions find(byte[] key) {
        return keys.get(key);
    }

    /** The keys from this one up, or all; shows later changes or not. */
    Collection<KeyVersions> upFrom(byte @Nullable [] key, boolean inclusive) {
        return (key == null ? keys : keys.tailMap(key, inclusive)).values();
    }

    /** The highest key below this one (or at it), or of all. */
    @Nullable KeyVersions downFrom(byte @Nullable [] key, boolean inclusive) {
        Map.Entry<byte[], KeyVersions> entry =
                key == null ? keys.lastEntry() : inclusive ? keys.floorEntry(key) : keys.lowerEntry(key);
        return entry == null ? null : entry.getValue();
    }

    /** The keys of a range. */
    Collection<KeyVersions> in(KeyRange range) {
        if (range.isEmpty()) {
            return java.util.List.of();
        }
        byte[] start = range.start().orElse(null);
        byte[] end = range.end().orElse(null);
        ConcurrentNavigableMap<byte[], KeyVersions> part = start == null ? keys : keys.tailMap(start, true);
        return (end == null ? part : part.headMap(end, false)).values();
    }

    /**
     * Puts a write on top of the versions of its key. A deletion of what is not there changes nothing.
     *
     * @return the versions of the key, or null when nothing changed
     */
    @Nullable KeyVersions append(PendingWrite write, long version) {
        KeyVersions versions = keys.get(write.key());
        EntryVersion newest = versions == null ? null : versions.newest();
        if (write.isDeletion() && (newest == null || newest.isDeletion())) {
            return null;
        }
        if (versions == null) {
            versions = new KeyVersions(write.key());
            versions.setNewest(new EntryVersion(version, write, null));
            keys.put(write.key(), versions);
            count(1, 1, versions.bytes() + EntryVersion.bytes(write.value().length));
            return versions;
        }
        EntryVersion below = newest != null && newest.version() == version ? newest.older() : newest;
        EntryVersion top = new EntryVersion(version, write, below);
        versions.setNewest(top);
        if (below == newest) {
            count(0, 1, top.bytes());
        } else {
            count(0, 0, top.bytes() - newest.bytes());
        }
        return versions;
    }

    /** Puts a deletion on top of a key that has a value. */
    void delete(KeyVersions versions, long version) {
        EntryVersion top = EntryVersion.deletion(version, versions.newest());
        versions.setNewest(top);
        count(0, 1, top.bytes());
    }

    /** Takes what this version put on a key away again. */
    void undo(KeyVersions versions, long version) {
        EntryVersion newest = versions.newest();
        if (newest == null || newest.version() != version) {
            return;
        }
        EntryVersion below = newest.older();
        if (below == null) {
            remove(versions);
        } else {
            versions.setNewest(below);
            count(0, -1, -newest.bytes());
        }
    }

    /** Cuts off what a reader at {@code oldest} or later cannot see. Returns how many versions went. */
    int trim(KeyVersions versions, long oldest) {
        EntryVersion kept = versions.at(oldest);
        if (kept == null) {
            return 0;
        }
        int cut = 0;
        long freed = 0;
        for (EntryVersion entry = kept.older(); entry != null; entry = entry.older()) {
            cut++;
            freed += entry.bytes();
        }
        if (cut > 0) {
            kept.cutOlder();
            count(0, -cut, -freed);
        }
        return cut;
    }

    /** Takes a key out with all its versions, which nobody may need any more. */
    void remove(KeyVersions versions) {
        if (keys.remove(versions.key(), versions)) {
            int count = 0;
            long freed = versions.bytes();
            for (EntryVersion entry = versions.newest(); entry != null; entry = entry.older()) {
                count++;
                freed += entry.bytes();
            }
            count(-1, -count, -freed);
        }
    }

    private void count(int moreKeys, int moreVersions, long moreBytes) {
        keyCount += moreKeys;
        versionCount += moreVersions;
        bytes += moreBytes;
    }

    /** Keys, deleted ones that are still remembered included. */
    long keyCount() {
        return keyCount;
    }

    long versionCount() {
        return versionCount;
    }

    /** About how many bytes of heap it takes. */
    long bytes() {
        return bytes;
    }
}
