// SPDX-License-Identifier: Apache-2.0
package io.sett.api.kv;

/**
 * One moment of the store, readable until it is closed, by many threads. Keeps the data of that moment alive: close it.
 */
public interface Snapshot extends KVReader, AutoCloseable {

    /**
     * The same moment of another keyspace, which is made when there is none of that name (needs KEYSPACES); closed with
     * this snapshot.
     */
    default Snapshot in(String keyspace) {
        throw Lacking.keyspaces("the store of this snapshot");
    }

    /** The newest version it shows. */
    long version();

    /** Lets the old data go. Idempotent. */
    @Override
    void close();
}
