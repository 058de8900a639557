// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.kv;

import io.sett.api.common.Capability;
import io.sett.api.kv.KVStore;
import io.sett.spi.EngineContext;
import io.sett.spi.keyspace.KeyspaceStore;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** The way in for the engine's provider. */
public final class MemoryKVStores {

    private static final Set<Capability> CAPABILITIES = Collections.unmodifiableSet(EnumSet.of(Capability.TTL,
            Capability.USER_METADATA, Capability.SERIALIZABLE, Capability.ASYNC_COMMIT, Capability.SNAPSHOTS,
            Capability.VERSION_HISTORY, Capability.RANGE_DELETE, Capability.KEYSPACES, Capability.ZERO_COPY_READ,
            Capability.DEADLINES, Capability.COMPACTION, Capability.GARBAGE_COLLECTION, Capability.VERIFY,
            Capability.IN_MEMORY));

    private MemoryKVStores() {
    }

    /** What every such store can do. */
    public static Set<Capability> capabilities() {
        return CAPABILITIES;
    }

    /** Opens an empty store; the settings must be of {@link MemoryKVSettings#schema()}. */
    public static KVStore open(EngineContext context) {
        return KeyspaceStore.over(new MemoryKVStore(context));
    }
}
