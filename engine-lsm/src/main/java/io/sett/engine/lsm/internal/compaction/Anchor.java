// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.compaction;

import java.util.Arrays;

/**
 * A place at which a compaction may be cut.
 *
 * @param key user key with which a part may begin
 * @param bytes about how much lies before it and behind the anchor before it in the same table
 */
record Anchor(byte[] key, long bytes) {

    /**
     * Right behind a key: what is cut there ends with that key, so that its last table, which may end with a deleted
     * range, shares no key with the next one.
     */
    static Anchor behind(byte[] key, long bytes) {
        return new Anchor(Arrays.copyOf(key, key.length + 1), bytes);
    }
}
