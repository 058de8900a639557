// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.kv;

import java.util.Arrays;

/** Fingerprint to version, without boxes: open addressing with linear probing, at most half full. */
final class FingerprintMap {

    /** No version; versions count from 0. */
    static final long ABSENT = -1;

    private static final int FIRST_CAPACITY = 16;
    private static final long[] NOTHING = new long[0];

    private long[] keys = NOTHING;
    private long[] versions = NOTHING;
    private int size;

    int size() {
        return size;
    }

    int capacity() {
        return keys.length;
    }

    /** The fingerprint in a slot, 0 when it is empty. */
    long keyAt(int slot) {
        return keys[slot];
    }

    long versionAt(int slot) {
        return versions[slot];
    }

    long get(long key) {
        if (size == 0) {
            return ABSENT;
        }
        int slot = find(key);
        return keys[slot] == 0 ? ABSENT : versions[slot];
    }

    /** Keeps the version that is there, if any. */
    void putFirst(long key, long version) {
        int slot = slotFor(key);
        if (keys[slot] == 0) {
            fill(slot, key, version);
        }
    }

    /** Replaces the version that is there, if any. */
    void putLast(long key, long version) {
        int slot = slotFor(key);
        if (keys[slot] == 0) {
            fill(slot, key, version);
        } else {
            versions[slot] = version;
        }
    }

    private void fill(int slot, long key, long version) {
        keys[slot] = key;
        versions[slot] = version;
        size++;
    }

    private int slotFor(long key) {
        if ((size + 1) * 2 > keys.length) {
            grow();
        }
        return find(key);
    }

    private int find(long key) {
        int mask = keys.length - 1;
        int slot = (int) key & mask;
        while (keys[slot] != 0 && keys[slot] != key) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        long[] oldVersions = versions;
        keys = new long[Math.max(FIRST_CAPACITY, oldKeys.length * 2)];
        versions = new long[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int slot = find(oldKeys[i]);
                keys[slot] = oldKeys[i];
                versions[slot] = oldVersions[i];
            }
        }
    }

    /** Removes the key when its version is that one; the run behind it moves up. */
    void remove(long key, long version) {
        if (size == 0) {
            return;
        }
        int hole = find(key);
        if (keys[hole] == 0 || versions[hole] != version) {
            return;
        }
        int mask = keys.length - 1;
        int slot = hole;
        while (true) {
            slot = slot + 1 & mask;
            if (keys[slot] == 0) {
                break;
            }
            int home = (int) keys[slot] & mask;
            boolean mayMove = (slot - home & mask) >= (slot - hole & mask);
            if (mayMove) {
                keys[hole] = keys[slot];
                versions[hole] = versions[slot];
                hole = slot;
            }
        }
        keys[hole] = 0;
        size--;
    }

    void clear() {
        if (keys.length > 1 << 12) {
            keys = NOTHING;
            versions = NOTHING;
        } else if (size > 0) {
            Arrays.fill(keys, 0);
        }
        size = 0;
    }
}
