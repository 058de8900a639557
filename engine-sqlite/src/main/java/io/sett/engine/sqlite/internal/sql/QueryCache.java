// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.sql;

import io.sett.spi.MemoryBudget;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Results of queries, kept until a table that they read is written, for a bounded time and in a bounded number of
 * bytes;
 * what was not asked for the longest time goes first. Safe for many threads.
 *
 * <p>Why no reader ever sees an old result after a commit has returned, or an older one after a newer one: a writer
 * says
 * which tables it will change before it commits ({@link #beginWrite}) and after it ({@link #endWrite}). In between
 * their
 * results are neither given nor kept. A reader asks for a {@link Ticket} before it runs its query; a write that ended
 * since makes the ticket worthless.
 */
final class QueryCache {

    private static final int ENTRY_BYTES = 200;
    private static final int SHARE = 8;

    /** A statement with its values. */
    record Key(String sql, @Nullable Object[] values, int hash) {

        Key(String sql, @Nullable Object[] values) {
            this(sql, values, hash(sql, values));
        }

        private static int hash(String sql, @Nullable Object[] values) {
            int hash = sql.hashCode();
            for (Object value : values) {
                hash = 31 * hash + (value instanceof byte[] bytes ? Arrays.hashCode(bytes) : Objects.hashCode(value));
            }
            return hash;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && key.hash == hash && key.sql.equals(sql)
                    && Arrays.deepEquals(key.values, values);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    /** A kept result. */
    record Entry(List<String> columns, Map<String, Integer> indexes, List<@Nullable Object[]> rows, Set<String> tables,
            long bytes, long endMillis) {
    }

    /** The right to keep a result that is read from now on. */
    record Ticket(Key key, Set<String> tables, long writes) {
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, Set<Key>> byTable = new HashMap<>();
    private final Map<String, Long> lastWrite = new HashMap<>();
    private final Set<String> beingWritten = new HashSet<>();
    private final long maxBytes;
    private final long ttlMillis;
    private final Clock clock;
    private final MemoryBudget memory;
    private long writes;
    private long lastWriteOfAll;
    private int strangers;
    private long bytes;
    private long hits;
    private long misses;
    private long invalidations;

    QueryCache(long maxBytes, long ttlMillis, Clock clock, MemoryBudget memory) {
        this.maxBytes = maxBytes;
        this.ttlMillis = ttlMillis;
        this.clock = clock;
        this.memory = memory;
    }

    /** The largest result that is kept. */
    long maxEntryBytes() {
        return maxBytes / SHARE;
    }

    /** A kept result, or null; counts a hit or a miss. */
    @Nullable Entry get(Key key) {
        lock.lock();
        try {
            Entry entry = strangers > 0 ? null : entries.get(key);
            if (entry != null && clock.millis() >= entry.endMillis) {
                remove(key, entry);
                entry = null;
            }
            if (entry == null || isBeingWritten(entry.tables)) {
                misses++;
                return null;
            }
            hits++;
            return entry;
        } finally {
            lock.unlock();
        }
    }

    private boolean isBeingWritten(Set<String> tables) {
        return !beingWritten.isEmpty() && tables.stream().anyMatch(beingWritten::contains);
    }

    /** To be asked before a query runs that reads these tables; empty when its result must not be kept. */
    Optional<Ticket> ticket(Key key, Set<String> tables) {
        lock.lock();
        try {
            return strangers > 0 || isBeingWritten(tables) ? Optional.empty()
                    : Optional.of(new Ticket(key, tables, writes));
        } finally {
            lock.unlock();
        }
    }

    /** Keeps a result, if nothing that it read has been written since the ticket was given. */
    void keep(Ticket ticket, List<String> columns, Map<String, Integer> indexes, List<@Nullable Object[]> rows,
            long rowBytes) {
        long size = rowBytes + size(ticket.key.values) + 2L * ticket.key.sql.length() + ENTRY_BYTES;
        if (size > maxEntryBytes()) {
            return;
        }
        lock.lock();
        try {
            if (strangers > 0 || isBeingWritten(ticket.tables) || isOutdated(ticket)) {
                return;
            }
            Entry old = entries.get(ticket.key);
            if (old != null) {
                remove(ticket.key, old);
            }
            while (bytes + size > maxBytes || !memory.tryReserve(size)) {
                if (!removeEldest()) {
                    return;
                }
            }
            bytes += size;
            entries.put(ticket.key, new Entry(columns, indexes, rows, ticket.tables, size, clock.millis() + ttlMillis));
            for (String table : ticket.tables) {
                byTable.computeIfAbsent(table, fresh -> new HashSet<>()).add(ticket.key);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isOutdated(Ticket ticket) {
        return lastWriteOfAll > ticket.writes
                || ticket.tables.stream().anyMatch(table -> lastWrite.getOrDefault(table, 0L) > ticket.writes);
    }

    private boolean removeEldest() {
        Iterator<Map.Entry<Key, Entry>> eldest = entries.entrySet().iterator();
        if (!eldest.hasNext()) {
            return false;
        }
        Map.Entry<Key, Entry> first = eldest.next();
        remove(first.getKey(), first.getValue());
        return true;
    }

    private void remove(Key key, Entry entry) {
        entries.remove(key);
        bytes -= entry.bytes;
        memory.release(entry.bytes);
        for (String table : entry.tables) {
            Set<Key> keys = byTable.get(table);
            if (keys != null && keys.remove(key) && keys.isEmpty()) {
                byTable.remove(table);
            }
        }
    }

    /** These tables are about to be changed. One writer at a time. */
    void beginWrite(Set<String> tables) {
        lock.lock();
        try {
            beingWritten.addAll(tables);
        } finally {
            lock.unlock();
        }
    }

    /** The change of these tables is visible, or did not happen. */
    void endWrite(Set<String> tables) {
        lock.lock();
        try {
            beingWritten.removeAll(tables);
            writes++;
            for (String table : tables) {
                lastWrite.put(table, writes);
                Set<Key> keys = byTable.get(table);
                if (keys != null) {
                    invalidations += keys.size();
                    List.copyOf(keys).forEach(key -> remove(key, entries.get(key)));
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Somebody may change anything from now on: nothing is given or kept until {@link #endAll}. */
    void beginAll() {
        lock.lock();
        try {
            strangers++;
        } finally {
            lock.unlock();
        }
    }

    /** Ends {@link #beginAll}; everything is forgotten. */
    void endAll() {
        lock.lock();
        try {
            strangers--;
            forgetAll();
        } finally {
            lock.unlock();
        }
    }

    /** Forgets everything. */
    void clear() {
        lock.lock();
        try {
            forgetAll();
        } finally {
            lock.unlock();
        }
    }

    private void forgetAll() {
        invalidations += entries.size();
        entries.clear();
        byTable.clear();
        lastWrite.clear();
        memory.release(bytes);
        bytes = 0;
        lastWriteOfAll = ++writes;
    }

    /** Bytes that values take in memory. */
    static long size(@Nullable Object[] values) {
        long size = 16 + 4L * values.length;
        for (Object value : values) {
            if (value instanceof String text) {
                size += 48 + 2L * text.length();
            } else if (value instanceof byte[] array) {
                size += 16 + array.length;
            } else if (value != null) {
                size += 16;
            }
        }
        return size;
    }

    /** Hits, misses, invalidations and bytes, in this order, as of one moment. */
    long[] numbers() {
        lock.lock();
        try {
            return new long[] {hits, misses, invalidations, bytes};
        } finally {
            lock.unlock();
        }
    }
}
