// SPDX-License-Identifier: Apache-2.0
package io.sett.api.kv;

import java.util.Collection;
import java.util.Map;

/** Writes in groups. */
public interface KVBatching {

    /** A new, empty batch. */
    KVBatch batchBegin();

    /** Puts all entries in one atomic batch. */
    default void putMany(Map<byte[], byte[]> entries) {
        putMany(entries, PutOptions.defaults(), WriteOptions.defaults());
    }

    /** Puts all entries in one atomic batch. */
    default void putMany(Map<byte[], byte[]> entries, PutOptions put, WriteOptions write) {
        try (KVBatch batch = batchBegin()) {
            entries.forEach((key, value) -> batch.put(key, value, put));
            batch.write(write);
        }
    }

    /** Deletes all keys in one atomic batch. */
    default void deleteMany(Collection<byte[]> keys) {
        try (KVBatch batch = batchBegin()) {
            keys.forEach(batch::delete);
            batch.write();
        }
    }
}
