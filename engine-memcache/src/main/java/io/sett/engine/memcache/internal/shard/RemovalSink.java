// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.shard;

import io.sett.api.cache.RemovalCause;

/** Takes note of removals, under the lock of the shard; must only queue them. */
public interface RemovalSink {

    /** Whether somebody wants to hear of this cause. */
    boolean wants(RemovalCause cause);

    /** An entry left; both arrays are copies. */
    void removed(byte[] key, byte[] value, RemovalCause cause, long now);
}
