// SPDX-License-Identifier: Apache-2.0
package io.sett.api.kv;

import java.util.concurrent.CompletionStage;

/**
 * Writes that become visible together or not at all, as one version. Later writes of a key win over earlier ones.
 *
 * <p>Reads nothing, so it never conflicts. Threads: one at a time. After {@link #write()} it is empty and may be used
 * again. Closing it drops what was not written.
 */
public interface KVBatch extends KVWriter, AutoCloseable {

    /**
     * The same batch for the keys of another keyspace, which is made when there is none of that name (needs KEYSPACES).
     * Whatever is written through it is part of this batch; size, write, reset and close are those of the whole.
     */
    default KVBatch in(String keyspace) {
        throw Lacking.keyspaces("the store of this batch");
    }

    /** Number of writes collected. */
    int size();

    /** Bytes of keys and values collected. */
    long byteSize();

    /**
     * Commits all of it atomically and empties the batch.
     *
     * @return the version of the commit, or 0 when the batch was empty
     * @throws io.sett.api.error.StorageUnavailableException BATCH_WRITE_FAILED when nothing of it is visible and the
     *     batch is kept
     */
    long write(WriteOptions options);

    /** {@link #write(WriteOptions)} with default options. */
    default long write() {
        return write(WriteOptions.defaults());
    }

    /**
     * Like {@link #write(WriteOptions)} without waiting (needs ASYNC_COMMIT). The stage ends with the version, or with
     * the exception that {@code write} would throw.
     */
    CompletionStage<Long> writeAsync(WriteOptions options);

    /** Forgets what was collected. */
    void reset();

    /** Drops what was not written. Idempotent. */
    @Override
    void close();
}
