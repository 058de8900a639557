// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.kv;

import io.sett.api.common.KeyRange;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.CursorOptions;
import io.sett.api.kv.KVBatch;
import io.sett.api.kv.KVStore;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The contents in chunks: gives out their ids, knows which are being read, and deletes those that belong to no file as
 * soon as nobody reads them. Safe for many threads.
 */
final class Contents {

    private static final int DELETED_AT_ONCE = 256;

    private final KVStore store;
    private final EntryKeys keys;
    private final AtomicLong next;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Long, Integer> readers = new HashMap<>();
    private final Set<Long> doomed = new HashSet<>();

    /** Deletes what an earlier process left. */
    Contents(KVStore store, EntryKeys keys) {
        this.store = store;
        this.keys = keys;
        sweep();
        this.next = new AtomicLong(last(keys.allChunks()) + 1);
    }

    private void sweep() {
        try (Cursor cursor = store.cursor(CursorOptions.of(keys.allUnowned()).withKeysOnly(true))) {
            while (cursor.next()) {
                delete(keys.content(cursor.key()));
            }
        }
    }

    private long last(KeyRange range) {
        try (Cursor cursor = store.cursor(CursorOptions.of(range).withKeysOnly(true).withReverse(true))) {
            return cursor.first() ? keys.content(cursor.key()) : 0;
        }
    }

    long newId() {
        return next.getAndIncrement();
    }

    /** Keeps a content as long as it is read. */
    void pin(long content) {
        lock.lock();
        try {
            readers.merge(content, 1, Integer::sum);
        } finally {
            lock.unlock();
        }
    }

    void unpin(long content) {
        boolean delete;
        lock.lock();
        try {
            Integer left = readers.merge(content, -1, (count, one) -> count == 1 ? null : count + one);
            delete = left == null && doomed.remove(content);
        } finally {
            lock.unlock();
        }
        if (delete) {
            delete(content);
        }
    }

    /** Deletes a content that is marked as belonging to no file, now or when the last reader is done. */
    void discard(long content) {
        lock.lock();
        try {
            if (readers.containsKey(content)) {
                doomed.add(content);
                return;
            }
        } finally {
            lock.unlock();
        }
        delete(content);
    }

    /** The mark goes last, so that what a crash leaves is found again. */
    private void delete(long content) {
        try (KVBatch batch = store.batchBegin()) {
            try (Cursor cursor = store.cursor(CursorOptions.of(keys.chunks(content)).withKeysOnly(true))) {
                while (cursor.next()) {
                    batch.delete(cursor.key());
                    if (batch.size() >= DELETED_AT_ONCE) {
                        batch.write();
                    }
                }
            }
            batch.delete(keys.unowned(content));
            batch.write();
        }
    }
}
