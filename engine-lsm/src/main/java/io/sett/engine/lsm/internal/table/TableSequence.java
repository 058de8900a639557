// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.table;

import io.sett.engine.lsm.internal.base.Bytes;
import io.sett.engine.lsm.internal.base.InternalCursor;
import io.sett.engine.lsm.internal.base.RangeDeletions;
import io.sett.engine.lsm.internal.io.FileNames;
import io.sett.engine.lsm.internal.io.StoreDirectory;
import io.sett.engine.lsm.internal.io.WritableFile;
import io.sett.spi.log.Loggers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Writes sorted entries into one table after another. A table is ended when it has reached its size, but never between
 * two versions of one key. Ranges that are deleted go into the tables among whose keys they lie, cut where those end.
 * {@link #finish} makes all of them durable; closed without it, it deletes what it wrote.
 *
 * <p>One thread at a time.
 */
public final class TableSequence implements AutoCloseable {

    private static final Logger LOG = Loggers.of(TableSequence.class);

    /**
     * A table that was written.
     *
     * @param id its number
     * @param size bytes of the file
     * @param properties what is in it
     */
    public record Output(long id, long size, TableProperties properties) {
    }

    /**
     * Where tables go and how they are written.
     *
     * @param directory of the store
     * @param storeId goes into the headers
     * @param fileIds gives the next file number
     * @param options of the tables
     * @param targetSize bytes from which on a table is ended
     * @param millis clock for the creation time
     */
    public record Place(Path directory, UUID storeId, LongSupplier fileIds, TableOptions options, long targetSize,
            LongSupplier millis) {
    }

    private final Place place;
    private final List<Output> outputs = new ArrayList<>();
    private final List<Path> written = new ArrayList<>();
    private @Nullable TableWriter writer;
    private long writerId;
    private byte[] lastKey = new byte[64];
    private int lastLength;
    private RangeDeletions deletions = RangeDeletions.NONE;
    /** Deletions below this key went into tables that are ended; null when there is none yet. */
    private byte @Nullable [] cut;
    private final boolean durable;
    private boolean finished;

    /** Nothing is written yet. */
    public TableSequence(Place place) {
        this(place, true);
    }

    private TableSequence(Place place, boolean durable) {
        this.place = place;
        this.durable = durable;
    }

    /** For tables that nobody needs after a crash: they are not forced. */
    public static TableSequence temporary(Place place) {
        return new TableSequence(place, false);
    }

    /** The ranges to delete; before the first entry. */
    public void deletions(RangeDeletions ranges) {
        deletions = ranges;
    }

    /** Adds the entry on which the cursor stands. */
    public void add(InternalCursor entry) {
        add(entry, entry.cellArray(), entry.cellOffset(), entry.cellLength(), entry.trailer());
    }

    /** Adds the key on which the cursor stands with another trailer and an empty cell. */
    public void addEmpty(InternalCursor entry, long trailer) {
        add(entry, Bytes.EMPTY, 0, 0, trailer);
    }

    /** Adds the key on which the cursor stands with another cell. */
    public void add(InternalCursor entry, byte[] cell, int cellOffset, int cellLength, long trailer) {
        byte[] key = entry.keyArray();
        int offset = entry.keyOffset();
        int length = entry.keyLength();
        TableWriter open = writer;
        if (open != null && open.estimatedSize() >= place.targetSize
                && !Bytes.equal(lastKey, 0, lastLength, key, offset, length)) {
            end(open, Arrays.copyOf(lastKey, lastLength + 1));
            open = null;
        }
        if (open == null) {
            open = begin();
        }
        open.add(key, offset, length, trailer, cell, cellOffset, cellLength);
        lastKey = Bytes.atLeast(lastKey, length);
        System.arraycopy(key, offset, lastKey, 0, length);
        lastLength = length;
    }

    private TableWriter begin() {
        writerId = place.fileIds.getAsLong();
        Path path = FileNames.table(place.directory, writerId);
        WritableFile file = WritableFile.create(path);
        written.add(path);
        TableWriter made = new TableWriter(file, place.options, place.storeId, writerId, place.millis.getAsLong());
        writer = made;
        return made;
    }

    private void end(TableWriter open, byte @Nullable [] nextCut) {
        if (!deletions.isEmpty()) {
            if (nextCut != null) {
                nextCut[nextCut.length - 1] = 0;
            }
            open.deletions(deletions.clip(cut, nextCut));
            cut = nextCut;
        }
        TableWriter.Finished done = durable ? open.finish() : open.finishTemporary();
        open.close();
        writer = null;
        outputs.add(new Output(writerId, done.size(), done.properties()));
    }

    /** Ends the last table, forces the directory, and answers with all tables in order; none when nothing was added. */
    public List<Output> finish() {
        TableWriter open = writer;
        if (open == null && !deletions.isEmpty()) {
            open = begin();
        }
        if (open != null) {
            end(open, null);
        }
        if (!outputs.isEmpty() && durable) {
            StoreDirectory.of(place.directory).force();
        }
        finished = true;
        return List.copyOf(outputs);
    }

    /** Closes and, unless finished, deletes the files. What cannot be deleted now is swept at the next open. */
    @Override
    public void close() {
        if (!finished) {
            discard();
        }
    }

    /** Deletes what was written, finished or not: somebody else has failed, and it will not be used. */
    public void discard() {
        finished = true;
        TableWriter open = writer;
        writer = null;
        if (open != null) {
            open.close();
        }
        for (Path path : written) {
            try {
                StoreDirectory.delete(path);
            } catch (RuntimeException e) {
                LOG.warn("unfinished table {} could not be deleted, the next open will do it: {}", path, e.toString());
            }
        }
    }
}
