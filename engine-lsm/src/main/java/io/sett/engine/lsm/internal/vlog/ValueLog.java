// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.vlog;

import io.sett.engine.lsm.internal.base.Damage;
import io.sett.engine.lsm.internal.base.ValuePointer;
import io.sett.engine.lsm.internal.codec.CompressionType;
import io.sett.engine.lsm.internal.io.FileNames;
import io.sett.engine.lsm.internal.io.HandleLimit;
import io.sett.engine.lsm.internal.io.ReadableFile;
import io.sett.engine.lsm.internal.io.StoreDirectory;
import io.sett.engine.lsm.internal.wal.ValueFrames;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Reads values that are stored apart from their keys, from logs that still grow and from finished files alike. Each
 * read checks the value against its checksum.
 *
 * <p>Threads: any. The caller holds the view or version in which it found the pointer, so the file is there. A file is
 * opened when it is first read and stays open until {@link #delete}; where files are not mapped only so many stay open.
 */
public final class ValueLog implements AutoCloseable {

    private static final int LARGEST_SPARE = 1 << 20;
    private static final int PAGE = 4096;

    /** A file that is open. */
    private record Open(long id, ReadableFile file, long salt) {
    }

    private final Path directory;
    private final UUID store;
    private final boolean mapping;
    private final ReentrantLock opening = new ReentrantLock();
    private final HandleLimit handles;
    /** By number; replaced when a file is opened or closed, so that finding one takes no lock and no memory. */
    private volatile Open[] open = new Open[0];
    private final AtomicReference<byte[]> spare = new AtomicReference<>();
    private final LongAdder reads = new LongAdder();
    private final LongAdder readBytes = new LongAdder();
    private final LongAdder touches = new LongAdder();

    /**
     * No file is open yet.
     *
     * @param directory of logs and value-log files
     * @param mapping whether files may be mapped
     * @param maxHandles channels that may be open where files are not mapped, at least 1
     */
    public ValueLog(Path directory, UUID store, boolean mapping, int maxHandles) {
        this.directory = directory;
        this.store = store;
        this.mapping = mapping;
        this.handles = new HandleLimit(maxHandles);
    }

    /** The file of that number: a log, or what garbage collection wrote. */
    public static Path path(Path directory, long id) {
        Path log = FileNames.wal(directory, id);
        return StoreDirectory.exists(log) ? log : FileNames.valueLog(directory, id);
    }

    /** A copy of a value. */
    public byte[] read(ValuePointer pointer) {
        if (pointer.codec() == 0) {
            byte[] value = new byte[pointer.length()];
            readStored(pointer, value);
            return value;
        }
        return decompress(pointer, new byte[pointer.length()]);
    }

    /**
     * Reads a value into a buffer that is taken from a spare one where possible; {@link #giveBack} it.
     *
     * @return at least as long as the value, which begins at 0
     */
    public byte[] borrow(ValuePointer pointer) {
        byte[] buffer = take(pointer.length());
        if (pointer.codec() == 0) {
            readStored(pointer, buffer);
            return buffer;
        }
        return decompress(pointer, buffer);
    }

    /** A buffer of {@link #borrow} that nobody looks at any more. */
    public void giveBack(byte[] buffer) {
        if (buffer.length <= LARGEST_SPARE) {
            spare.lazySet(buffer);
        }
    }

    private byte[] take(int length) {
        byte[] buffer = spare.get() == null ? null : spare.getAndSet(null);
        return buffer != null && buffer.length >= length ? buffer : new byte[Math.max(1024, length)];
    }

    private byte[] decompress(ValuePointer pointer, byte[] target) {
        byte[] stored = take(pointer.storedLength());
        readStored(pointer, stored);
        if (!CompressionType.byId(pointer.codec()).shared().decompress(stored, 0, pointer.storedLength(), target, 0,
                pointer.length())) {
            throw Damage.at(path(directory, pointer.segment()), pointer.offset(),
                    "a value with a good checksum cannot be decompressed: " + pointer);
        }
        giveBack(stored);
        return target;
    }

    /** The bytes as they are stored, checked; the target has room for them. */
    public void readStored(ValuePointer pointer, byte[] target) {
        Open segment = file(pointer.segment());
        reads.increment();
        readBytes.add(pointer.storedLength());
        ValueFrames.read(segment.file, segment.salt, pointer.offset(), pointer.storedLength(), target, 0);
    }

    /** Brings stored bytes into the page cache of the system, without looking at them. */
    public void touch(long id, long offset, int length) {
        ReadableFile segment = file(id).file;
        for (long at = offset; at < offset + length; at += PAGE) {
            segment.readInt(Math.min(at, offset + length - 1));
        }
        touches.increment();
    }

    /** How many values were brought into memory before somebody asked for them. */
    public long touches() {
        return touches.sum();
    }

    private Open file(long id) {
        Open[] files = open;
        int at = find(files, id);
        return at >= 0 ? files[at] : open(id);
    }

    /** Where the file is, or {@code -1 -} where it would be. */
    private static int find(Open[] files, long id) {
        int low = 0;
        int high = files.length - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            long there = files[middle].id;
            if (there == id) {
                return middle;
            }
            if (there < id) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1 - low;
    }

    private Open open(long id) {
        opening.lock();
        try {
            Open[] before = open;
            int at = find(before, id);
            if (at >= 0) {
                return before[at];
            }
            Open made = openFile(id);
            Open[] after = new Open[before.length + 1];
            int place = -1 - at;
            System.arraycopy(before, 0, after, 0, place);
            after[place] = made;
            System.arraycopy(before, place, after, place + 1, before.length - place);
            open = after;
            made.file.limitHandles(handles);
            return made;
        } finally {
            opening.unlock();
        }
    }

    private Open openFile(long id) {
        Path path = path(directory, id);
        if (!StoreDirectory.exists(path)) {
            throw Damage.at(path, 0, "values point to it and it is missing");
        }
        return new Open(id, ReadableFile.openGrowing(path, mapping), ValueFrames.salt(store, id));
    }

    /** Closes a file, if it is open, and deletes it: nobody can have a pointer into it any more. */
    public void delete(long id) {
        opening.lock();
        try {
            Open[] before = open;
            int at = find(before, id);
            if (at >= 0) {
                Open[] after = new Open[before.length - 1];
                System.arraycopy(before, 0, after, 0, at);
                System.arraycopy(before, at + 1, after, at, after.length - at);
                open = after;
                before[at].file.close();
            }
        } finally {
            opening.unlock();
        }
        StoreDirectory.delete(path(directory, id));
    }

    /** How many values were read. */
    public long reads() {
        return reads.sum();
    }

    /** How many bytes of values were read, as stored. */
    public long readBytes() {
        return readBytes.sum();
    }

    /** Number of open files. */
    public int openFiles() {
        return open.length;
    }

    /** Where its files are. */
    public Path directory() {
        return directory;
    }

    /** Closes all files. */
    @Override
    public void close() {
        opening.lock();
        try {
            for (Open file : open) {
                file.file.close();
            }
            open = new Open[0];
        } finally {
            opening.unlock();
        }
    }
}
