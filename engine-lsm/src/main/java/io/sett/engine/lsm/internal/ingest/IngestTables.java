// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.ingest;

import io.sett.engine.lsm.internal.base.Bytes;
import io.sett.engine.lsm.internal.base.InternalKey;
import io.sett.engine.lsm.internal.io.FileNames;
import io.sett.engine.lsm.internal.io.StoreDirectory;
import io.sett.engine.lsm.internal.io.WritableFile;
import io.sett.engine.lsm.internal.table.TableSequence;
import io.sett.engine.lsm.internal.table.TableWriter;
import io.sett.spi.log.Loggers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Writes entries in ascending order, each key once, into tables that get the version of all their entries at the end.
 * Closed without {@link #finish}, it deletes what it wrote. One thread at a time.
 */
public final class IngestTables implements AutoCloseable {

    private static final Logger LOG = Loggers.of(IngestTables.class);
    /** A table that grows takes eight bytes of memory for each key. */
    private static final long MOST_ENTRIES = 1 << 20;

    /**
     * The keys of a table.
     *
     * @param first user key
     * @param last user key
     */
    public record Span(byte[] first, byte[] last) {
    }

    private record Sealed(long id, TableWriter writer) {
    }

    private final TableSequence.Place place;
    private final List<Sealed> sealed = new ArrayList<>();
    private final List<Span> spans = new ArrayList<>();
    private final List<Path> written = new ArrayList<>();
    private @Nullable TableWriter writer;
    private long writerId;
    private byte[] first = Bytes.EMPTY;
    private byte[] last = new byte[64];
    private int lastLength;
    private boolean finished;

    /** Nothing is written yet; the place says how large tables become. */
    public IngestTables(TableSequence.Place place) {
        this.place = place;
    }

    /** Adds an entry, whose key lies behind the one before. */
    public void add(int kind, byte[] key, int offset, int length, byte[] cell, int cellOffset, int cellLength) {
        TableWriter open = writer;
        if (open != null && (open.estimatedSize() >= place.targetSize() || open.entries() >= MOST_ENTRIES)) {
            seal(open);
            open = null;
        }
        if (open == null) {
            open = begin();
            first = Arrays.copyOfRange(key, offset, offset + length);
        }
        open.add(key, offset, length, InternalKey.trailer(0, kind), cell, cellOffset, cellLength);
        last = Bytes.atLeast(last, length);
        System.arraycopy(key, offset, last, 0, length);
        lastLength = length;
    }

    private TableWriter begin() {
        writerId = place.fileIds().getAsLong();
        Path path = FileNames.table(place.directory(), writerId);
        WritableFile file = WritableFile.create(path);
        written.add(path);
        TableWriter made = new TableWriter(file, place.options(), place.storeId(), writerId,
                place.millis().getAsLong());
        writer = made;
        return made;
    }

    private void seal(TableWriter open) {
        open.seal();
        sealed.add(new Sealed(writerId, open));
        spans.add(new Span(first, Arrays.copyOf(last, lastLength)));
        writer = null;
    }

    /** Writes all but the ends of the tables, durably. Nothing can be added any more. */
    public void seal() {
        TableWriter open = writer;
        if (open != null) {
            seal(open);
        }
        // Only now, so that the device has had time to write while more entries came.
        sealed.forEach(table -> table.writer.force());
    }

    /** The tables that are sealed, in order of their keys. */
    public List<Span> spans() {
        return List.copyOf(spans);
    }

    /** Ends all tables with the version of their entries, durably with their names. Only when sealed. */
    public List<TableSequence.Output> finish(long version) {
        List<TableSequence.Output> outputs = new ArrayList<>();
        for (Sealed table : sealed) {
            TableWriter.Finished done = table.writer.finish(version);
            table.writer.close();
            outputs.add(new TableSequence.Output(table.id, done.size(), done.properties()));
        }
        if (!outputs.isEmpty()) {
            StoreDirectory.of(place.directory()).force();
        }
        return outputs;
    }

    /** The tables belong to the store now. */
    public void keep() {
        finished = true;
    }

    /** Closes and, unless they are kept, deletes the files. What cannot be deleted now is swept at the next open. */
    @Override
    public void close() {
        if (finished) {
            return;
        }
        finished = true;
        TableWriter open = writer;
        writer = null;
        if (open != null) {
            open.close();
        }
        sealed.forEach(table -> table.writer.close());
        for (Path path : written) {
            try {
                StoreDirectory.delete(path);
            } catch (RuntimeException e) {
                LOG.warn("unfinished table {} could not be deleted, the next open will do it: {}", path, e.toString());
            }
        }
    }
}
