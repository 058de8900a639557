// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.io;

import io.sett.engine.lsm.internal.base.Bytes;
import io.sett.engine.lsm.internal.base.Damage;
import java.nio.file.Path;

/**
 * A file that does not change any more, or only grows, read at any position. Mapped or by positional reads, as
 * {@link #open} decides.
 *
 * <p>Threads: any, without locks. Closing while others read is safe: they finish, or get an error, never a crash.
 */
public abstract class ReadableFile implements AutoCloseable {

    private final Path path;
    private volatile long size;

    ReadableFile(Path path, long size) {
        this.path = path;
        this.size = size;
    }

    /**
     * Opens a file that does not change any more.
     *
     * @param mapping whether mapping is allowed; it is used on the default file system only
     */
    public static ReadableFile open(Path path, boolean mapping) {
        return mapping && StoreDirectory.isDefaultFileSystem(path) ? MappedFile.map(path) : PositionalFile.open(path);
    }

    /** Opens a file that may grow: what was added is found when somebody reads there. What is there does not change. */
    public static ReadableFile openGrowing(Path path, boolean mapping) {
        return mapping && StoreDirectory.isDefaultFileSystem(path) ? GrowingMap.open(path)
                : PositionalFile.openGrowing(path);
    }

    /** Which file. */
    public final Path path() {
        return path;
    }

    /** Its length; of one that grows, as far as it is known. */
    public final long size() {
        return size;
    }

    /** Reads the whole range into the array; a range that is not in the file is a CorruptionException. */
    public final void read(long position, byte[] target, int offset, int length) {
        check(position, length);
        readInside(position, target, offset, length);
    }

    /** A copy of the range, checked against the file before anything is allocated. */
    public final byte[] read(long position, int length) {
        check(position, length);
        byte[] bytes = new byte[length];
        readInside(position, bytes, 0, length);
        return bytes;
    }

    /** Four bytes, little-endian. */
    public final int readInt(long position) {
        check(position, Integer.BYTES);
        return readIntInside(position);
    }

    private void check(long position, int length) {
        boolean inside = position >= 0 && length >= 0
                && (position <= size - length || reach(Math.addExact(position, length)));
        if (!inside) {
            throw Damage.at(path, position, "needs " + length + " bytes, the file ends at " + size);
        }
    }

    /** Looks whether the file has grown to that length. */
    boolean reach(long end) {
        return false;
    }

    final void grown(long found) {
        size = found;
    }

    int readIntInside(long position) {
        byte[] bytes = new byte[Integer.BYTES];
        readInside(position, bytes, 0, bytes.length);
        return Bytes.getInt(bytes, 0);
    }

    abstract void readInside(long position, byte[] target, int offset, int length);

    /** Whether it is mapped: a closed mapped file still serves those who already read. */
    public abstract boolean isMapped();

    /** From now on the channel counts for this limit, whenever it is open; nothing for a mapped file. */
    public void limitHandles(HandleLimit limit) {
        // A map holds no channel.
    }

    /** Lets go of an open channel until the next read; nothing for a mapped file. */
    public void releaseHandle() {
        // A map holds no channel.
    }

    /** Idempotent. */
    @Override
    public abstract void close();
}
