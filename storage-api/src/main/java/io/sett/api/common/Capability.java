// SPDX-License-Identifier: Apache-2.0
package io.sett.api.common;

/**
 * What an engine may or may not offer for one kind of store.
 *
 * <p>What is not listed here every engine of the kind must do. Using what an engine lacks throws
 * {@link io.sett.api.error.UnsupportedFeatureException}; it is never silently ignored.
 */
public enum Capability {
    /** Acknowledged writes are there after the process ended. */
    PERSISTENT,
    /** {@link Durability#SYNC} is honoured: acknowledged writes are there after a power cut. */
    SYNC_WRITES,
    /** Entries can carry a time to live. */
    TTL,
    /** Entries can carry a metadata byte. */
    USER_METADATA,
    /** Transactions at level SERIALIZABLE. */
    SERIALIZABLE,
    /** Transactions that lock what they touch, with deadlock detection. */
    PESSIMISTIC_TRANSACTIONS,
    /** A commit can be awaited without blocking a thread. */
    ASYNC_COMMIT,
    /** Snapshots as objects that outlive a transaction. */
    SNAPSHOTS,
    /** Cursors over older versions of a key and over what changed since a version. */
    VERSION_HISTORY,
    /** A whole range can be deleted in one atomic step; the engine says what that costs. */
    RANGE_DELETE,
    /** Named keyspaces in one store, with atomic batches across them. */
    KEYSPACES,
    /** Reads that hand out a view of the stored bytes instead of a copy. */
    ZERO_COPY_READ,
    /** Sorted streams straight into the store. */
    BULK_LOAD,
    /** Deadlines given with a call are kept. Without this capability a deadline is refused. */
    DEADLINES,
    /** Online backup and restore. */
    BACKUP,
    /** Backups of the changes since an earlier one. */
    INCREMENTAL_BACKUP,
    /** Manual compaction. */
    COMPACTION,
    /** Manual garbage collection. */
    GARBAGE_COLLECTION,
    /** Checking of all stored data on demand. */
    VERIFY,
    /** The store can be opened for reading only. */
    READ_ONLY,
    /** The store can live in memory alone. */
    IN_MEMORY,
    /** Patterns over keys. */
    PATTERNS,
    /** Several keys set in one atomic step. */
    ATOMIC_BATCH_SET,
    /** Several keys read and changed in one atomic step. */
    MULTI_KEY_ATOMIC,
    /** Listeners that learn of removed entries. */
    REMOVAL_LISTENER,
    /** Cache content saved to and loaded from a file. */
    CACHE_SNAPSHOT,
    /** Size advice from watching the use of a cache. */
    ADVICE,
    /** Entries are evicted when a size limit is reached. */
    EVICTION,
    /** Reading and writing as streams in bounded memory. */
    STREAMS,
    /** Reading a part of a file without reading the rest. */
    RANGE_READ,
    /** Adding to the end of a file in one step; the engine says what that costs. */
    APPEND,
    /** Files carry a checksum that is verified on read. */
    CHECKSUMS,
    /** Limits on total bytes and count. */
    QUOTA,
    /** Changes of files can be watched. */
    WATCH,
    /** Savepoints inside a transaction. */
    SAVEPOINTS,
    /** Results of queries are cached and invalidated by writes. */
    QUERY_CACHE
}
