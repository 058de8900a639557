// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A file that is being written. Survives interruption of the writing thread.
 *
 * <p>After a failed {@link #force} nothing can be said about what is on the disk: every later write and force fails
 * with the first failure as its cause, until the file is opened anew. A failed append leaves the position where it was.
 *
 * <p>Threads: any; a lock keeps operations apart.
 */
public final class WritableFile implements AutoCloseable {

    /** A heap array passes through a temporary direct buffer of the JDK; this bounds that one. */
    private static final int CHUNK = 128 * 1024;
    private static final Set<OpenOption> NEW_FILE = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE,
            StandardOpenOption.READ);

    private static final Set<OpenOption> OLD_FILE = Set.of(StandardOpenOption.WRITE, StandardOpenOption.READ);

    private final Path path;
    private final ReentrantLock lock = new ReentrantLock();
    private FileChannel channel;
    private @Nullable AsynchronousFileChannel forcing;
    private long position;
    private boolean closed;
    /** Whether an interrupt arrived during the operation that runs; guarded by the lock. */
    private boolean interruptedMeanwhile;
    private @Nullable IOException forceFailure;

    private WritableFile(Path path, FileChannel channel, long position) {
        this.path = path;
        this.channel = channel;
        this.position = position;
    }

    /** A new empty file; fails when the name exists. The name is durable only when the directory is forced. */
    public static WritableFile create(Path path) {
        boolean interrupted = Thread.interrupted();
        try {
            FileChannel channel = StoreDirectory.open(path, NEW_FILE, StoreDirectory.fileRights(path));
            StoreDirectory.restrictFile(path);
            return new WritableFile(path, channel, 0);
        } catch (IOException e) {
            throw IoErrors.failed("create", path, e);
        } finally {
            Interrupts.restore(interrupted);
        }
    }

    /** An existing file, to go on writing at that position. */
    public static WritableFile open(Path path, long position) {
        boolean interrupted = Thread.interrupted();
        try {
            return new WritableFile(path, reopen(path), position);
        } catch (IOException e) {
            throw IoErrors.failed("open for writing", path, e);
        } finally {
            Interrupts.restore(interrupted);
        }
    }

    private static FileChannel reopen(Path path) throws IOException {
        return StoreDirectory.open(path, OLD_FILE);
    }

    /** Which file. */
    public Path path() {
        return path;
    }

    /** Where the next append goes. */
    public long position() {
        lock.lock();
        try {
            return position;
        } finally {
            lock.unlock();
        }
    }

    /** Moves the place of the next append, for example behind what was written through a map. */
    public void position(long value) {
        lock.lock();
        try {
            position = value;
        } finally {
            lock.unlock();
        }
    }

    /** Writes the range at the end. When it fails the position stays; part of the bytes may be behind it. */
    public void append(byte[] source, int offset, int length) {
        boolean interrupted = begin("write");
        try {
            writeAt(source, offset, length, position);
            position += length;
        } catch (IOException e) {
            throw IoErrors.failed("write", path, e);
        } finally {
            end(interrupted);
        }
    }

    /** Writes what remains in the buffer at the end, and moves the buffer's position to its limit. */
    public void append(ByteBuffer source) {
        boolean interrupted = begin("write");
        try {
            int from = source.position();
            long at = position;
            while (source.hasRemaining()) {
                int limit = source.limit();
                source.limit(Math.min(limit, source.position() + CHUNK));
                try {
                    writeFully(source, at + source.position() - from);
                } finally {
                    source.limit(limit);
                }
            }
            position = at + source.position() - from;
        } catch (IOException e) {
            throw IoErrors.failed("write", path, e);
        } finally {
            end(interrupted);
        }
    }

    /** Writes the range at that offset; the position does not move. */
    public void write(long at, byte[] source, int offset, int length) {
        boolean interrupted = begin("write");
        try {
            writeAt(source, offset, length, at);
        } catch (IOException e) {
            throw IoErrors.failed("write", path, e);
        } finally {
            end(interrupted);
        }
    }

    /**
     * Writes zeros from one offset to another, so that later writes there need no new blocks of the disk. When it fails
     * the file is cut back to where they began.
     */
    public void preallocate(long from, long to) {
        boolean interrupted = begin("preallocate");
        try {
            byte[] zeros = new byte[(int) Math.min(CHUNK, to - from)];
            for (long at = from; at < to; at += CHUNK) {
                writeAt(zeros, 0, (int) Math.min(CHUNK, to - at), at);
            }
        } catch (IOException e) {
            cutBack(from, e);
            throw IoErrors.failed("preallocate", path, e);
        } finally {
            end(interrupted);
        }
    }

    private void cutBack(long length, IOException failure) {
        try {
            channel.truncate(length);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /**
     * A writable view of a part of the file, which must have been {@linkplain #preallocate preallocated}: a store into
     * a map that needs a new block on a full disk would kill the process. Only on the default file system.
     */
    public ByteBuffer map(long from, int length) {
        boolean interrupted = begin("map");
        try {
            return channel.map(FileChannel.MapMode.READ_WRITE, from, length);
        } catch (IOException e) {
            throw IoErrors.failed("map", path, e);
        } finally {
            end(interrupted);
        }
    }

    /** Makes the written bytes durable; the length too, other metadata not. */
    public void force() {
        boolean interrupted = begin("force");
        try {
            forceOnce();
        } catch (IOException e) {
            forceFailure = e;
            throw IoErrors.failed("force", path, e);
        } finally {
            end(interrupted);
        }
    }

    private void forceOnce() throws IOException {
        if (StoreDirectory.isDefaultFileSystem(path)) {
            AsynchronousFileChannel target = forcing;
            if (target == null) {
                target = AsynchronousFileChannel.open(path, StandardOpenOption.WRITE);
                forcing = target;
            }
            target.force(false);
            return;
        }
        for (int attempt = 0; attempt < Interrupts.MAX_REOPENS; attempt++) {
            try {
                channel.force(false);
                return;
            } catch (ClosedChannelException e) {
                reopenAfterInterrupt();
            }
        }
        Interrupts.undisturbed(() -> {
            channel.force(false);
            return true;
        });
    }

    /** Cuts the file to that length; the position is at most that afterwards. */
    public void truncate(long length) {
        boolean interrupted = begin("truncate");
        try {
            truncateOnce(length);
            position = Math.min(position, length);
        } catch (IOException e) {
            throw IoErrors.failed("truncate", path, e);
        } finally {
            end(interrupted);
        }
    }

    private void truncateOnce(long length) throws IOException {
        for (int attempt = 0; attempt < Interrupts.MAX_REOPENS; attempt++) {
            try {
                channel.truncate(length);
                return;
            } catch (ClosedChannelException e) {
                reopenAfterInterrupt();
            }
        }
        Interrupts.undisturbed(() -> channel.truncate(length));
    }

    /** Closes without forcing. Idempotent. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            try {
                channel.close();
            } finally {
                AsynchronousFileChannel second = forcing;
                if (second != null) {
                    second.close();
                }
            }
        } catch (IOException e) {
            throw IoErrors.failed("close", path, e);
        } finally {
            lock.unlock();
        }
    }

    private void writeAt(byte[] source, int offset, int length, long at) throws IOException {
        for (int done = 0; done < length; ) {
            int part = Math.min(CHUNK, length - done);
            writeFully(ByteBuffer.wrap(source, offset + done, part), at + done);
            done += part;
        }
    }

    private void writeFully(ByteBuffer buffer, long at) throws IOException {
        int from = buffer.position();
        for (int attempt = 0; attempt < Interrupts.MAX_REOPENS; attempt++) {
            try {
                writeOnce(buffer, from, at);
                return;
            } catch (ClosedChannelException e) {
                reopenAfterInterrupt();
            }
        }
        Interrupts.undisturbed(() -> {
            writeOnce(buffer, from, at);
            return true;
        });
    }

    private void writeOnce(ByteBuffer buffer, int from, long at) throws IOException {
        buffer.position(from);
        while (buffer.hasRemaining()) {
            channel.write(buffer, at + buffer.position() - from);
        }
    }

    /** An interrupt that arrived during an operation has closed the channel; the operation is to be done again. */
    private void reopenAfterInterrupt() throws IOException {
        interruptedMeanwhile = true;
        Thread.interrupted();
        channel = reopen(path);
    }

    /**
     * Takes the lock and the thread's interrupt flag, for {@link #end}. Operations are written out between the two and
     * not handed over as lambdas, whose first runs would cost every program that opens a store many milliseconds.
     */
    private boolean begin(String action) {
        lock.lock();
        interruptedMeanwhile = false;
        IOException failure = forceFailure;
        if (failure != null || closed) {
            lock.unlock();
            throw IoErrors.failed(action, path, failure == null ? new ClosedChannelException()
                    : new IOException("an earlier force failed, what is on the disk is unknown", failure));
        }
        return Thread.interrupted();
    }

    private void end(boolean interrupted) {
        Interrupts.restore(interrupted || interruptedMeanwhile);
        lock.unlock();
    }
}
