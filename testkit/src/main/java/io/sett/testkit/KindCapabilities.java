// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit;

import static io.sett.api.common.Capability.ADVICE;
import static io.sett.api.common.Capability.APPEND;
import static io.sett.api.common.Capability.ASYNC_COMMIT;
import static io.sett.api.common.Capability.ATOMIC_BATCH_SET;
import static io.sett.api.common.Capability.BACKUP;
import static io.sett.api.common.Capability.BULK_LOAD;
import static io.sett.api.common.Capability.CACHE_SNAPSHOT;
import static io.sett.api.common.Capability.CHECKSUMS;
import static io.sett.api.common.Capability.COMPACTION;
import static io.sett.api.common.Capability.DEADLINES;
import static io.sett.api.common.Capability.EVICTION;
import static io.sett.api.common.Capability.GARBAGE_COLLECTION;
import static io.sett.api.common.Capability.INCREMENTAL_BACKUP;
import static io.sett.api.common.Capability.IN_MEMORY;
import static io.sett.api.common.Capability.KEYSPACES;
import static io.sett.api.common.Capability.MULTI_KEY_ATOMIC;
import static io.sett.api.common.Capability.PATTERNS;
import static io.sett.api.common.Capability.PERSISTENT;
import static io.sett.api.common.Capability.PESSIMISTIC_TRANSACTIONS;
import static io.sett.api.common.Capability.QUERY_CACHE;
import static io.sett.api.common.Capability.QUOTA;
import static io.sett.api.common.Capability.RANGE_DELETE;
import static io.sett.api.common.Capability.RANGE_READ;
import static io.sett.api.common.Capability.READ_ONLY;
import static io.sett.api.common.Capability.REMOVAL_LISTENER;
import static io.sett.api.common.Capability.SAVEPOINTS;
import static io.sett.api.common.Capability.SERIALIZABLE;
import static io.sett.api.common.Capability.SNAPSHOTS;
import static io.sett.api.common.Capability.STREAMS;
import static io.sett.api.common.Capability.SYNC_WRITES;
import static io.sett.api.common.Capability.TTL;
import static io.sett.api.common.Capability.USER_METADATA;
import static io.sett.api.common.Capability.VERIFY;
import static io.sett.api.common.Capability.VERSION_HISTORY;
import static io.sett.api.common.Capability.WATCH;
import static io.sett.api.common.Capability.ZERO_COPY_READ;

import io.sett.api.common.Capability;
import io.sett.api.common.StoreKind;
import java.util.EnumSet;
import java.util.Set;

/** Which capabilities mean something for a kind of store. */
final class KindCapabilities {

    private KindCapabilities() {
    }

    static Set<Capability> of(StoreKind kind) {
        return switch (kind) {
            case KEY_VALUE -> EnumSet.of(PERSISTENT, SYNC_WRITES, TTL, USER_METADATA, SERIALIZABLE,
                    PESSIMISTIC_TRANSACTIONS, ASYNC_COMMIT, SNAPSHOTS, VERSION_HISTORY, RANGE_DELETE, KEYSPACES,
                    ZERO_COPY_READ, BULK_LOAD, DEADLINES, BACKUP, INCREMENTAL_BACKUP, COMPACTION, GARBAGE_COLLECTION,
                    VERIFY, READ_ONLY, IN_MEMORY);
            case CACHE -> EnumSet.of(TTL, ZERO_COPY_READ, DEADLINES, PATTERNS, ATOMIC_BATCH_SET, MULTI_KEY_ATOMIC,
                    REMOVAL_LISTENER, CACHE_SNAPSHOT, ADVICE, EVICTION, PERSISTENT);
            case FILE -> EnumSet.of(PERSISTENT, SYNC_WRITES, DEADLINES, STREAMS, RANGE_READ, APPEND, CHECKSUMS, QUOTA,
                    PATTERNS, READ_ONLY, WATCH);
            case TEMP -> EnumSet.of(TTL, DEADLINES, STREAMS, QUOTA, PATTERNS);
            case SQL -> EnumSet.of(PERSISTENT, SYNC_WRITES, DEADLINES, SERIALIZABLE, SAVEPOINTS, QUERY_CACHE, STREAMS,
                    BACKUP, VERIFY, READ_ONLY, IN_MEMORY);
        };
    }
}
