// SPDX-License-Identifier: Apache-2.0
package io.sett.api.kv;

import java.util.List;

/**
 * Named keyspaces in one store (needs KEYSPACES): ordered maps that know nothing of each other's keys, and yet share
 * the store's log, snapshots and commits. A batch or transaction reaches other keyspaces by its {@code in} method and
 * commits all of it at once:
 *
 * <pre>{@code
 * KVStore users = store.keyspace("users");
 * users.put(id, profile);
 * store.execute(transaction -> {
 *     transaction.in("users").put(id, changed);
 *     transaction.in("by-mail").put(mail, id);
 * });
 * }</pre>
 *
 * <p>The store itself is the keyspace with the empty name; it always exists and costs nothing extra.
 */
public interface KVKeyspaces {

    /** The name of the keyspace that the store itself is. */
    String DEFAULT_KEYSPACE = "";

    /**
     * A keyspace as a store; made when there is none of that name. Everything a store offers works within it; what
     * concerns the whole store (size, version, health, metrics, backups, verification) is that of the whole store. It
     * is open as long as the store is, closing it does nothing.
     *
     * @param name 1 to 255 bytes of UTF-8, or {@link #DEFAULT_KEYSPACE}
     * @throws io.sett.api.error.InvalidOperationException READ_ONLY_STORE when it would have to be made in a store that
     *     is only read
     */
    KVStore keyspace(String name);

    /** The names of the keyspaces in order, without the default one. */
    List<String> keyspaces();

    /**
     * Removes a keyspace with all its keys in one step, which costs no more than deleting a range. Its views, and
     * transactions that used it, fail afterwards; a write that runs at the same moment is gone with it.
     *
     * @return whether there was one
     */
    boolean dropKeyspace(String name);
}
