// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.memtable;

import io.sett.engine.lsm.internal.base.Bytes;

/**
 * Eight bytes of a key as a long whose signed order never contradicts the order of keys; equal heads say nothing. The
 * bytes are taken behind a prefix that most keys are expected to share (keys of a memtable mostly look like those of
 * the one before), so that they tell keys apart.
 */
final class KeyHead {

    private final byte[] prefix;

    KeyHead(byte[] prefix) {
        this.prefix = prefix;
    }

    long of(byte[] key, int offset, int length) {
        int skip = prefix.length;
        if (skip != 0) {
            int common = Bytes.commonPrefix(key, offset, Math.min(length, skip), prefix, 0, skip);
            if (common < skip) {
                boolean below = common == length || (key[offset + common] & 0xff) < (prefix[common] & 0xff);
                return below ? Long.MIN_VALUE : Long.MAX_VALUE;
            }
        }
        return Bytes.head(key, offset + skip, length - skip);
    }
}
