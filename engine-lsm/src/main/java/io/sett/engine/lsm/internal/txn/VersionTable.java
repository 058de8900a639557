// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.txn;

import io.sett.engine.lsm.internal.base.Hash64;

/**
 * Fingerprint of a key to the newest commit that wrote it: open addressing with linear probing, at most half full. Two
 * keys of one fingerprint only make a conflict that is none, never hide one.
 */
final class VersionTable {

    private static final int FIRST_CAPACITY = 64;

    private long[] fingerprints = new long[FIRST_CAPACITY];
    private long[] versions = new long[FIRST_CAPACITY];
    private int size;

    /** The hash of a key; never 0, which marks an empty place. */
    static long fingerprint(byte[] data, int offset, int length) {
        long hash = Hash64.of(data, offset, length);
        return hash == 0 ? 1 : hash;
    }

    void put(long fingerprint, long version) {
        if (size * 2 >= fingerprints.length) {
            grow();
        }
        int at = place(fingerprints, fingerprint);
        if (fingerprints[at] == 0) {
            fingerprints[at] = fingerprint;
            size++;
        }
        versions[at] = version;
    }

    /** The newest version, or 0 when the key is not in the table. */
    long get(long fingerprint) {
        return versions[place(fingerprints, fingerprint)];
    }

    int size() {
        return size;
    }

    private static int place(long[] table, long fingerprint) {
        int mask = table.length - 1;
        int at = (int) (fingerprint ^ fingerprint >>> 32) & mask;
        while (table[at] != 0 && table[at] != fingerprint) {
            at = at + 1 & mask;
        }
        return at;
    }

    private void grow() {
        long[] wider = new long[fingerprints.length * 2];
        long[] widerVersions = new long[wider.length];
        for (int i = 0; i < fingerprints.length; i++) {
            if (fingerprints[i] != 0) {
                int at = place(wider, fingerprints[i]);
                wider[at] = fingerprints[i];
                widerVersions[at] = versions[i];
            }
        }
        fingerprints = wider;
        versions = widerVersions;
    }
}
