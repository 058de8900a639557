// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.wal;

import io.sett.api.error.StorageException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The logs of the memtables that are not flushed yet: the one that grows and those before it.
 *
 * <p>Keeps the promise that makes any crash leave a prefix of the commits: before a log is forced, all logs before it
 * are. Threads: the leader of the commit pipeline writes and rotates, the flushing thread retires.
 */
public final class LogChain {

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<LogWriter> older = new ArrayDeque<>();
    private LogWriter current;
    private long writtenBytes;
    private long forces;

    /** A chain that goes on with this log; the older ones, oldest first, are whole and not known to be forced. */
    public LogChain(List<LogWriter> olderLogs, LogWriter current) {
        older.addAll(olderLogs);
        this.current = current;
    }

    /** The log that grows. */
    public LogWriter current() {
        return current;
    }

    /** From now on this one grows. */
    public void rotate(LogWriter next) {
        lock.lock();
        try {
            older.addLast(current);
            current = next;
        } finally {
            lock.unlock();
        }
    }

    /** Adds a commit to the group. */
    public void add(long version, LogBatch batch) {
        current.add(version, batch);
    }

    /**
     * Writes the group. When it fails nothing of the group counts.
     *
     * @param forced whether {@link #force} follows
     */
    public void write(boolean forced) {
        long before = current.length();
        current.write(forced);
        writtenBytes += current.length() - before;
    }

    /** Makes everything written so far durable. */
    public void force() {
        lock.lock();
        try {
            for (LogWriter log : older) {
                if (!log.isForced()) {
                    log.force();
                    forces++;
                }
            }
        } finally {
            lock.unlock();
        }
        if (!current.isForced()) {
            current.force();
            forces++;
        }
    }

    /**
     * Makes the logs below this number durable and cuts them to their length, if one of them holds values that tables
     * point to. Beside writers.
     *
     * @return those that hold values, oldest first
     */
    public List<LogWriter> finishBelow(long minLog) {
        List<LogWriter> below = new ArrayList<>();
        boolean any = false;
        lock.lock();
        try {
            for (LogWriter log : older) {
                if (log.id() < minLog) {
                    below.add(log);
                    any |= log.hasValues();
                }
            }
        } finally {
            lock.unlock();
        }
        if (any) {
            // In order: before a log is forced all earlier ones are.
            below.forEach(LogWriter::finish);
        }
        below.removeIf(log -> !log.hasValues());
        return below;
    }

    /**
     * Deletes the logs below this number, which are no longer needed; those that hold values stay and are closed.
     *
     * @return the numbers of those that were deleted
     */
    public List<Long> retireBelow(long minLog) {
        List<LogWriter> retired = new ArrayList<>();
        lock.lock();
        try {
            while (!older.isEmpty() && older.peekFirst().id() < minLog) {
                retired.add(older.removeFirst());
            }
        } finally {
            lock.unlock();
        }
        List<Long> deleted = new ArrayList<>();
        for (LogWriter log : retired) {
            if (log.hasValues()) {
                log.close();
            } else {
                log.delete();
                deleted.add(log.id());
            }
        }
        return deleted;
    }

    /** Bytes on the disk. */
    public long allocatedBytes() {
        lock.lock();
        try {
            long bytes = current.allocatedLength();
            for (LogWriter log : older) {
                bytes += log.allocatedLength();
            }
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    /** Bytes up to the end of the last written group of a log, 0 when it is not one of these. */
    public long lengthOf(long id) {
        lock.lock();
        try {
            for (LogWriter log : older) {
                if (log.id() == id) {
                    return log.length();
                }
            }
            return current.id() == id ? current.length() : 0;
        } finally {
            lock.unlock();
        }
    }

    /** Bytes of records written since the store was opened. */
    public long writtenBytes() {
        return writtenBytes;
    }

    /** How often the device was asked to make a log durable. */
    public long forces() {
        return forces;
    }

    /** The failure after which nothing is acknowledged any more, or null. */
    public @Nullable StorageException failure() {
        lock.lock();
        try {
            StorageException failure = current.failure();
            for (LogWriter log : older) {
                failure = failure == null ? log.failure() : failure;
            }
            return failure;
        } finally {
            lock.unlock();
        }
    }

    /** Closes all logs, cut to their length. */
    public void close() {
        lock.lock();
        try {
            List<LogWriter> all = new ArrayList<>(older);
            all.add(current);
            closeAll(all);
        } finally {
            lock.unlock();
        }
    }

    /** Closes all of them, whatever fails, and then throws the first failure. */
    public static void closeAll(List<LogWriter> logs) {
        StorageException failure = null;
        for (LogWriter log : logs) {
            try {
                log.close();
            } catch (StorageException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
