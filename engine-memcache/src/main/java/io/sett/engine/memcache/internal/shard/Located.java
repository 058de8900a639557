// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.shard;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Where a value lies; true for as long as the shard stays pinned or locked. Filled again and again by one thread, so
 * that looking leaves no garbage.
 */
public final class Located {

    private @Nullable ByteBuffer buffer;
    private int at;
    private int length;

    void set(ByteBuffer memory, int from, int bytes) {
        buffer = memory;
        at = from;
        length = bytes;
    }

    /** The memory; only after something was found. */
    public ByteBuffer buffer() {
        ByteBuffer found = buffer;
        if (found == null) {
            throw new IllegalStateException("nothing was found");
        }
        return found;
    }

    /** Where the value begins. */
    public int at() {
        return at;
    }

    /** The length of the value. */
    public int length() {
        return length;
    }
}
