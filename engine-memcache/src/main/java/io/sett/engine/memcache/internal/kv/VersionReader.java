// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.kv;

import io.sett.api.common.Slice;
import io.sett.api.common.SliceScope;
import io.sett.api.kv.Cursor;
import io.sett.api.kv.CursorOptions;
import io.sett.api.kv.KVReader;
import io.sett.api.kv.ReadOptions;
import io.sett.spi.Deadline;
import io.sett.spi.kv.KVArguments;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads one version, or what is newest at each call. Without locks; whoever makes one for a version keeps that version
 * from being dropped.
 */
final class VersionReader implements KVReader {

    /** Stands for "the newest at each call". */
    static final long NEWEST = -1;

    /** Makes cursors, which need to be registered somewhere. */
    interface Cursors {
        Cursor open(CursorOptions options);
    }

    private final VersionedMap map;
    private final Committer committer;
    private final KVArguments arguments;
    private final Clock clock;
    private final ReadCounters counters;
    private final long version;
    private final Cursors cursors;

    VersionReader(VersionedMap map, Committer committer, KVArguments arguments, Clock clock, ReadCounters counters,
            long version, Cursors cursors) {
        this.map = map;
        this.committer = committer;
        this.arguments = arguments;
        this.clock = clock;
        this.counters = counters;
        this.version = version;
        this.cursors = cursors;
    }

    /** The entry with a value that a reader sees now, or null. */
    private @Nullable EntryVersion find(byte[] key, ReadOptions options) {
        arguments.checkKey(key);
        arguments.checkRead(options);
        committer.checkOpen();
        if (options.timeoutOrNull() != null) {
            Deadline.after(options.timeout()).check("get in store '" + arguments.store() + "'");
        }
        EntryVersion entry = version == NEWEST ? newest(key) : at(key, version);
        boolean hit = entry != null && !entry.isDeletion()
                && !(entry.canExpire() && entry.isExpired(clock.millis()));
        counters.read(hit);
        return hit ? entry : null;
    }

    private @Nullable EntryVersion at(byte[] key, long readVersion) {
        KeyVersions versions = map.find(key);
        return versions == null ? null : versions.at(readVersion);
    }

    /**
     * The newest published one. Nobody keeps its version from being dropped meanwhile; but that can have happened only
     * after a newer one was published, so then it looks again.
     */
    private @Nullable EntryVersion newest(byte[] key) {
        while (true) {
            long now = committer.latest();
            EntryVersion entry = at(key, now);
            if (entry != null || now == committer.latest()) {
                return entry;
            }
        }
    }

    @Override
    public Optional<byte[]> get(byte[] key, ReadOptions options) {
        EntryVersion entry = find(key, options);
        return entry == null ? Optional.empty() : Optional.of(entry.value().clone());
    }

    @Override
    public boolean has(byte[] key, ReadOptions options) {
        return find(key, options) != null;
    }

    @Override
    public <T> Optional<T> read(byte[] key, Function<? super Slice, ? extends T> reader, ReadOptions options) {
        EntryVersion entry = find(key, options);
        if (entry == null) {
            return Optional.empty();
        }
        SliceScope scope = new SliceScope("a call of read");
        try {
            return arguments.result(reader.apply(scope.slice(entry.value(), 0, entry.value().length)));
        } finally {
            scope.end();
        }
    }

    @Override
    public Cursor cursor(CursorOptions options) {
        return cursors.open(options);
    }
}
