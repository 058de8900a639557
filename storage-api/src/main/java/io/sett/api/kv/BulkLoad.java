// SPDX-License-Identifier: Apache-2.0
package io.sett.api.kv;

/**
 * Loads many entries at once: they are written straight into the files in which the store keeps them, past the log,
 * once (sorted entries) or twice, and become visible together, as one version, when {@link #commit()} returns. Until
 * then nobody sees any of them; when it is not reached (an error, close, a crash) there are none. They count as newer
 * than everything that was committed before, so a store that has data can be loaded too.
 *
 * <pre>{@code
 * try (BulkLoad load = store.bulkLoad(BulkLoadOptions.defaults())) {
 *     while (source.hasNext()) {
 *         load.put(source.key(), source.value());     // keys ascend
 *     }
 *     load.commit();
 * }
 * }</pre>
 *
 * <p>Memory is bounded whatever the number of entries. Disk space is that of the entries, twice while unsorted ones are
 * merged. A transaction that read what is loaded conflicts. A commit is durable when it returns; it waits for running
 * compactions and holds up other writers for a moment. Threads: one at a time. Arguments are used up before a call
 * returns.
 *
 * <p>Errors: {@link io.sett.api.error.InvalidOperationException} INVALID_ARGUMENT for a key that does not lie behind
 * the one before (unless sorting was asked for), {@link io.sett.api.error.CancelledException} when the thread is
 * interrupted,
 * {@link io.sett.api.error.LimitExceededException} for an entry over the limits,
 * {@link io.sett.api.error.ClosedException} after commit, close or the end of the store. After an error other than a
 * refused argument nothing can be done but to close it.
 */
public interface BulkLoad extends AutoCloseable {

    /** Adds an entry. */
    void put(byte[] key, byte[] value, PutOptions options);

    /** Adds an entry that never expires. */
    default void put(byte[] key, byte[] value) {
        put(key, value, PutOptions.defaults());
    }

    /** Entries added so far. */
    long entries();

    /** Bytes of keys and values added so far. */
    long bytes();

    /**
     * Makes all of it visible at once.
     *
     * @return the version of all entries; 0 when there are none
     */
    long commit();

    /** Gives up what was not committed. Idempotent. */
    @Override
    void close();
}
