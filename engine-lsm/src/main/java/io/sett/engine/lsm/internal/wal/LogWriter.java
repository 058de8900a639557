// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.wal;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.OutOfSpaceException;
import io.sett.api.error.StorageException;
import io.sett.api.error.StorageUnavailableException;
import io.sett.engine.lsm.internal.base.Bytes;
import io.sett.engine.lsm.internal.codec.FileHeader;
import io.sett.engine.lsm.internal.io.FileNames;
import io.sett.engine.lsm.internal.io.StoreDirectory;
import io.sett.engine.lsm.internal.io.WritableFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Appends commits to one log file. A group of commits is {@linkplain #add added}, then {@linkplain #write written} at
 * once, then {@linkplain #force forced} if one of them asked for it.
 *
 * <p>The file grows in steps, by writing zeros, so that a record needs no new block of the disk: a full disk shows while
 * the file grows, before anything of a group is written. Groups that are not forced go through a map (a copy in memory,
 * which survives the end of the process), forced ones by a write, which makes the force cheaper.
 *
 * <p>When a write fails the file is cut back to the end of the last good group; when that fails too, or a force
 * fails, every later call fails with the first reason until the store is opened anew.
 *
 * <p>One thread at a time: the leader of the commit pipeline.
 */
public final class LogWriter implements AutoCloseable {

    /** Kind in the file header. */
    static final String FILE_KIND = "WLOG";
    static final int FORMAT_VERSION = 1;

    private static final int FIRST_STEP = 64 * 1024;
    private static final int LAST_STEP = 4 * 1024 * 1024;
    private static final int BUFFER_LIMIT = 1024 * 1024;

    private final WritableFile file;
    private final long id;
    private final long salt;
    private final boolean mapping;
    private final CRC32C crc = new CRC32C();

    private byte[] buffer = new byte[1024];
    private int filled;
    private long end;
    private long tail;
    private long allocated;
    private volatile long forcedTo;
    private volatile boolean hasValues;
    private int step = FIRST_STEP;
    private @Nullable ByteBuffer map;
    private long mapStart;
    private volatile @Nullable StorageException broken;

    private LogWriter(WritableFile file, long id, long salt, boolean mapping, long end) {
        this.file = file;
        this.id = id;
        this.salt = salt;
        this.mapping = mapping;
        this.end = end;
        this.tail = end;
        this.allocated = end;
    }

    /**
     * A new log whose header is on the device. Its name is durable when the directory has been forced, which is left to
     * the caller.
     *
     * @param mapping whether unforced groups may go through a map; used on the default file system only
     */
    public static LogWriter create(Path directory, UUID store, long id, long createdMillis, boolean mapping) {
        Path path = FileNames.wal(directory, id);
        WritableFile file = WritableFile.create(path);
        try {
            byte[] header = new FileHeader(FILE_KIND, FORMAT_VERSION, store, id, createdMillis, 0).encode();
            file.append(header, 0, header.length);
            file.force();
            boolean mapped = mapping && StoreDirectory.isDefaultFileSystem(path);
            return new LogWriter(file, id, salt(store, id), mapped, FileHeader.LENGTH);
        } catch (StorageException e) {
            file.close();
            throw e;
        }
    }

    /**
     * Goes on behind the last whole commit of a log; what lies behind it is cut off, durably.
     *
     * @param hasValues whether commits in it have values that are stored apart
     */
    public static LogWriter resume(Path directory, UUID store, long id, long end, boolean mapping, boolean hasValues) {
        Path path = FileNames.wal(directory, id);
        WritableFile file = WritableFile.open(path, end);
        try {
            if (StoreDirectory.size(path) > end) {
                file.truncate(end);
                file.force();
            }
            LogWriter log = new LogWriter(file, id, salt(store, id),
                    mapping && StoreDirectory.isDefaultFileSystem(path), end);
            log.hasValues = hasValues;
            return log;
        } catch (StorageException e) {
            file.close();
            throw e;
        }
    }

    static long salt(UUID store, long id) {
        return LogFrame.salt(store.getMostSignificantBits() ^ store.getLeastSignificantBits(), id);
    }

    /** Number of the file. */
    public long id() {
        return id;
    }

    /** Which file. */
    public Path path() {
        return file.path();
    }

    /** Bytes up to the end of the last written group. */
    public long length() {
        return end;
    }

    /** Bytes of the file on the disk. */
    public long allocatedLength() {
        return allocated;
    }

    /** Whether it holds values to which tables may point: then it outlives its memtable. */
    public boolean hasValues() {
        return hasValues;
    }

    /**
     * Nothing more is written: cuts off what was allocated and not used, and makes the rest durable. Any thread, as
     * long as it is not the log that grows.
     */
    public void finish() {
        checkUsable();
        map = null;
        if (allocated > end) {
            file.truncate(end);
            allocated = end;
        }
        if (!isForced()) {
            force();
        }
    }

    /** Whether everything written is known to be on the device. */
    public boolean isForced() {
        return forcedTo == end;
    }

    /** Adds a commit to the group. */
    public void add(long version, LogBatch batch) {
        for (int i = 0; i < batch.valueCount(); i++) {
            batch.place(i, id, addValue(batch.value(i).stored()));
        }
        int headLength = LogBatch.varintSize(version) + LogBatch.varintSize(forcedTo)
                + LogBatch.varintSize(batch.count());
        int size = batch.byteSize();
        if (headLength + size <= LogFrame.MAX_PAYLOAD) {
            int at = room(LogFrame.size(headLength + size));
            int position = writeHead(at + LogFrame.HEADER, version, batch.count());
            System.arraycopy(batch.data(), 0, buffer, position, size);
            filled = LogFrame.seal(buffer, at, LogFrame.WHOLE, headLength + size, salt, crc);
            return;
        }
        addInParts(version, batch);
    }

    /** A value in frames of its own, one behind the other; the answer is where its first byte will be. */
    private long addValue(byte[] value) {
        long first = -1;
        for (int done = 0; done < value.length; ) {
            int part = Math.min(value.length - done, LogFrame.MAX_PAYLOAD);
            int at = room(LogFrame.size(part));
            if (done == 0) {
                first = tail + at + LogFrame.HEADER;
            }
            System.arraycopy(value, done, buffer, at + LogFrame.HEADER, part);
            filled = LogFrame.seal(buffer, at, LogFrame.VALUE, part, salt, crc);
            done += part;
        }
        hasValues = true;
        return first;
    }

    private void addInParts(long version, LogBatch batch) {
        int size = batch.byteSize();
        for (int done = 0; done < size; ) {
            int at = room(LogFrame.size(LogFrame.MAX_PAYLOAD));
            int position = at + LogFrame.HEADER;
            position = done == 0 ? writeHead(position, version, batch.count())
                    : LogBatch.writeVarint(buffer, position, version);
            int head = position - at - LogFrame.HEADER;
            int part = Math.min(size - done, LogFrame.MAX_PAYLOAD - head);
            System.arraycopy(batch.data(), done, buffer, position, part);
            int type = done == 0 ? LogFrame.FIRST : done + part < size ? LogFrame.MIDDLE : LogFrame.LAST;
            filled = LogFrame.seal(buffer, at, type, head + part, salt, crc);
            done += part;
        }
    }

    private int writeHead(int at, long version, int count) {
        int position = LogBatch.writeVarint(buffer, at, version);
        position = LogBatch.writeVarint(buffer, position, forcedTo);
        return LogBatch.writeVarint(buffer, position, count);
    }

    private int room(int size) {
        if (filled > 0 && filled + size > BUFFER_LIMIT) {
            spill(true);
        }
        buffer = Bytes.atLeast(buffer, filled + size);
        return filled;
    }

    /**
     * Writes the group.
     *
     * @param forced whether {@link #force} follows
     */
    public void write(boolean forced) {
        spill(forced);
        end = tail;
    }

    private void spill(boolean byWrite) {
        checkUsable();
        int length = filled;
        filled = 0;
        try {
            allocate(tail + length);
            if (byWrite || !mapping) {
                file.write(tail, buffer, 0, length);
            } else {
                copyIntoMap(length);
            }
            tail += length;
            if (buffer.length > 2 * BUFFER_LIMIT) {
                buffer = new byte[BUFFER_LIMIT];
            }
        } catch (StorageException e) {
            cutBack(e);
            throw e;
        }
    }

    private void allocate(long needed) {
        while (allocated < needed) {
            long wanted = Math.max(needed, allocated + step);
            try {
                file.preallocate(allocated, wanted);
            } catch (OutOfSpaceException e) {
                if (wanted == needed) {
                    throw e;
                }
                wanted = needed;
                file.preallocate(allocated, wanted);
            }
            allocated = wanted;
            step = Math.min(LAST_STEP, step * 2);
        }
    }

    private void copyIntoMap(int length) {
        long at = tail;
        for (int done = 0; done < length; ) {
            ByteBuffer target = map;
            if (target == null || at >= mapStart + target.capacity() || at < mapStart) {
                mapStart = at;
                target = file.map(at, (int) Math.min(allocated - at, LAST_STEP));
                map = target;
            }
            int offset = (int) (at - mapStart);
            int part = Math.min(length - done, target.capacity() - offset);
            target.put(offset, buffer, done, part);
            done += part;
            at += part;
        }
    }

    /** Forgets the group that failed, in memory and in the file. */
    private void cutBack(StorageException failure) {
        tail = end;
        filled = 0;
        map = null;
        try {
            file.truncate(end);
            allocated = end;
            if (!(failure instanceof OutOfSpaceException)) {
                broken = failure;
            }
        } catch (StorageException e) {
            failure.addSuppressed(e);
            broken = failure;
        }
    }

    /** Forgets commits that were added but not written. */
    public void discard() {
        if (tail > end) {
            cutBack(new OutOfSpaceException(ErrorCode.INSUFFICIENT_DISK_SPACE, "a group was given up"));
        }
        filled = 0;
    }

    /** Makes all that was written durable. All earlier logs must be durable already. */
    public void force() {
        checkUsable();
        try {
            file.force();
            forcedTo = end;
        } catch (StorageException e) {
            broken = e;
            throw e;
        }
    }

    private void checkUsable() {
        StorageException reason = broken;
        if (reason != null) {
            throw new StorageUnavailableException(ErrorCode.STORAGE_UNAVAILABLE, "the write-ahead log " + file.path()
                    + " has failed before (" + reason.getMessage() + "); nothing is acknowledged any more until the "
                    + "store is closed and opened again", Map.of("file", file.path()), reason);
        }
    }

    /** The failure after which nothing is written any more, or null. */
    public @Nullable StorageException failure() {
        return broken;
    }

    /** Cuts off what was allocated and not used, and closes. Idempotent. */
    @Override
    public void close() {
        map = null;
        try {
            if (broken == null && allocated > end) {
                file.truncate(end);
                allocated = end;
            }
        } finally {
            file.close();
        }
    }

    /** Closes and deletes the file, whose blocks are free at once even where a map still exists. */
    public void delete() {
        map = null;
        try {
            file.truncate(0);
        } finally {
            file.close();
            StoreDirectory.delete(file.path());
        }
    }
}
