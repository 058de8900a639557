// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.temp;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.LimitExceededException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/** What is known of the files and directories of one store, and their quota. In memory only. Safe for many threads. */
final class TempEntries {

    /** An action on the file system. */
    @FunctionalInterface
    interface Action {
        void run() throws IOException;
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, TempEntry> entries = new TreeMap<>();
    private final String store;
    private final long maxFiles;
    private final long maxBytes;
    private long bytes;

    TempEntries(String store, long maxFiles, long maxBytes) {
        this.store = store;
        this.maxFiles = maxFiles;
        this.maxBytes = maxBytes;
    }

    /** Adds a new entry; false when there are as many as there may be. */
    boolean add(TempEntry entry) {
        lock.lock();
        try {
            if (entries.size() >= maxFiles) {
                return false;
            }
            entries.put(entry.id, entry);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Takes room for content that is being written; false when there is not so much. */
    boolean reserve(long more) {
        lock.lock();
        try {
            if (bytes + more > maxBytes) {
                return false;
            }
            bytes += more;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Gives room back. */
    void release(long less) {
        lock.lock();
        try {
            bytes -= less;
        } finally {
            lock.unlock();
        }
    }

    LimitExceededException tooMany() {
        return full("max_files", "max_files is " + maxFiles);
    }

    LimitExceededException tooLarge(long more) {
        return full("max_size", "max_size is " + maxBytes + " bytes, " + bytes() + " are used, " + more
                + " more are needed");
    }

    private LimitExceededException full(String limit, String what) {
        return new LimitExceededException(ErrorCode.QUOTA_EXCEEDED, "temporary store '" + store + "' is full: " + what
                + "; remove files, let them live shorter, or raise the limit", Map.of("limit", limit));
    }

    /** Runs an action that replaces the content of an entry, whose room is already reserved; false when it is gone. */
    boolean replace(TempEntry entry, long nowMillis, long length, Action action) throws IOException {
        lock.lock();
        try {
            if (!entry.isLive(nowMillis)) {
                return false;
            }
            action.run();
            bytes -= entry.size;
            entry.size = length;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Says how much a directory holds now. */
    void resize(TempEntry entry, long size) {
        lock.lock();
        try {
            if (!entry.removed) {
                bytes += size - entry.size;
                entry.size = size;
            }
        } finally {
            lock.unlock();
        }
    }

    Optional<TempEntry> find(String id, long nowMillis) {
        lock.lock();
        try {
            return Optional.ofNullable(entries.get(id)).filter(entry -> entry.isLive(nowMillis));
        } finally {
            lock.unlock();
        }
    }

    /** An entry that may have expired. */
    Optional<TempEntry> known(String id) {
        lock.lock();
        try {
            return Optional.ofNullable(entries.get(id));
        } finally {
            lock.unlock();
        }
    }

    /** Those that are live, or those that are not but still there; sorted by id. */
    List<TempEntry> all(boolean live, long nowMillis) {
        lock.lock();
        try {
            return entries.values().stream().filter(entry -> entry.isLive(nowMillis) == live).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Moves the end of a live entry; false when it is gone. */
    boolean setExpiry(TempEntry entry, long nowMillis, long expiresMillis) {
        lock.lock();
        try {
            if (!entry.isLive(nowMillis)) {
                return false;
            }
            entry.expiresMillis = expiresMillis;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets an entry; says whether it was live. Idempotent. */
    boolean forget(TempEntry entry, long nowMillis) {
        lock.lock();
        try {
            boolean live = entry.isLive(nowMillis);
            if (entries.remove(entry.id, entry)) {
                entry.removed = true;
                bytes -= entry.size;
            }
            return live;
        } finally {
            lock.unlock();
        }
    }

    long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }
}
