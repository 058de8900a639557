// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.sqlite.internal.kv;

import io.sett.api.common.KeyRange;
import io.sett.api.common.Slice;
import io.sett.api.common.SliceScope;
import io.sett.api.kv.KVEntry;
import io.sett.api.kv.KVReader;
import io.sett.api.kv.ReadOptions;
import io.sett.engine.sqlite.internal.db.Database;
import io.sett.engine.sqlite.internal.db.Prepared;
import io.sett.engine.sqlite.internal.db.Session;
import io.sett.spi.Deadline;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the table on a connection that a subclass chooses. */
abstract class TableReader implements KVReader {

    private final KvParts parts;

    TableReader(KvParts parts) {
        this.parts = parts;
    }

    final KvParts parts() {
        return parts;
    }

    /** Does some reading on a connection. */
    abstract <T> T on(Deadline deadline, String what, Database.Work<T> work);

    /** Does some reading on a connection, all of it at one moment. */
    abstract <T> T atOneMoment(Deadline deadline, String what, Database.Work<T> work);

    private Deadline deadline(ReadOptions options) {
        parts.arguments().checkRead(options);
        return parts.database().deadline(options.timeout());
    }

    @Override
    public Optional<byte[]> get(byte[] key, ReadOptions options) {
        parts.arguments().checkKey(key);
        parts.reads().increment();
        return on(deadline(options), "get", session -> Optional.ofNullable(value(session, key)));
    }

    @Override
    public boolean has(byte[] key, ReadOptions options) {
        parts.arguments().checkKey(key);
        parts.reads().increment();
        return on(deadline(options), "has", session -> {
            Prepared prepared = session.take(parts.table().get);
            boolean there;
            try {
                there = prepared.start(key) && isLive(prepared, 1);
                prepared.reset();
            } catch (SQLException failed) {
                session.drop(prepared, failed);
                throw failed;
            }
            session.give(prepared);
            return there;
        });
    }

    private byte @Nullable [] value(Session session, byte[] key) throws SQLException {
        Prepared prepared = session.take(parts.table().get);
        byte[] value;
        try {
            synchronized (prepared.lock()) {
                value = prepared.start(key) && isLive(prepared, 1) ? prepared.blob(0) : null;
                prepared.reset();
            }
        } catch (SQLException failed) {
            session.drop(prepared, failed);
            throw failed;
        }
        session.give(prepared);
        return value;
    }

    private boolean isLive(Prepared row, int column) throws SQLException {
        return !parts.expiries().isOver(parts.expiries().of(row, column));
    }

    @Override
    public <T> Optional<T> read(byte[] key, Function<? super Slice, ? extends T> reader, ReadOptions options) {
        Optional<byte[]> value = get(key, options);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        SliceScope scope = new SliceScope("a call of read");
        try {
            return parts.arguments().result(reader.apply(scope.slice(value.get(), 0, value.get().length)));
        } finally {
            scope.end();
        }
    }

    @Override
    public List<Optional<byte[]>> getMany(List<byte[]> keys, ReadOptions options) {
        keys.forEach(parts.arguments()::checkKey);
        parts.reads().add(keys.size());
        return atOneMoment(deadline(options), "getMany", session -> {
            List<Optional<byte[]>> values = new ArrayList<>(keys.size());
            for (byte[] key : keys) {
                values.add(Optional.ofNullable(value(session, key)));
            }
            return values;
        });
    }

    @Override
    public Optional<KVEntry> entry(byte[] key) {
        parts.arguments().checkKey(key);
        parts.reads().increment();
        return on(deadline(ReadOptions.defaults()), "entry", session -> {
            Prepared prepared = session.take(parts.table().entry);
            Optional<KVEntry> entry;
            try {
                entry = prepared.start(key) && isLive(prepared, 2) ? Optional.of(entry(key, prepared))
                        : Optional.empty();
                prepared.reset();
            } catch (SQLException failed) {
                session.drop(prepared, failed);
                throw failed;
            }
            session.give(prepared);
            return entry;
        });
    }

    private static KVEntry entry(byte[] key, Prepared row) throws SQLException {
        long expires = row.integer(2);
        return new KVEntry(key.clone(), row.blob(0), row.integer(1),
                expires == 0 ? null : Instant.ofEpochMilli(expires), (byte) row.integer(3), false);
    }

    @Override
    public long count(KeyRange range) {
        Deadline deadline = deadline(ReadOptions.defaults());
        if (range.isEmpty()) {
            return on(deadline, "count", session -> 0L);
        }
        List<Object> values = new ArrayList<>();
        KvTable.Bound low = range.start().map(key -> new KvTable.Bound(key, true)).orElse(null);
        KvTable.Bound high = range.end().map(key -> new KvTable.Bound(key, false)).orElse(null);
        range.start().ifPresent(values::add);
        range.end().ifPresent(values::add);
        values.add(parts.clock().millis());
        return on(deadline, "count", session -> session.number(parts.table().count(low, high), values.toArray()));
    }
}
