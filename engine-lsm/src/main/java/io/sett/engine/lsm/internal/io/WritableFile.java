// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
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
    private static final byte[] ZEROS = new byte[CHUNK];

    private final Path path;
    private final ReentrantLock lock = new ReentrantLock();
    private FileChannel channel;
    private @Nullable AsynchronousFileChannel forcing;
    private long position;
    private boolean closed;
    private @Nullable IOException forceFailure;

    private WritableFile(Path path, FileChannel channel, long position) {
        this.path = path;
        this.channel = channel;
        this.position = position;
    }

    /** A new empty file; fails when the name exists. The name is durable only when the directory is forced. */
    public static WritableFile create(Path path) {
        try {
            return Interrupts.heldBack(() -> {
                Set<OpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE,
                        StandardOpenOption.READ);
                boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
                FileAttribute<?>[] narrow = posix
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
                        : new FileAttribute<?>[0];
                FileChannel channel = FileChannel.open(path, options, narrow);
                StoreDirectory.restrictFile(path);
                return new WritableFile(path, channel, 0);
            });
        } catch (IOException e) {
            throw IoErrors.failed("create", path, e);
        }
    }

    /** An existing file, to go on writing at that position. */
    public static WritableFile open(Path path, long position) {
        try {
            return Interrupts.heldBack(() -> new WritableFile(path, reopen(path), position));
        } catch (IOException e) {
            throw IoErrors.failed("open for writing", path, e);
        }
    }

    private static FileChannel reopen(Path path) throws IOException {
        return FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.READ);
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
        run("write", () -> {
            writeAt(source, offset, length, position);
            position += length;
            return true;
        });
    }

    /** Writes what remains in the buffer at the end, and moves the buffer's position to its limit. */
    public void append(ByteBuffer source) {
        run("write", () -> {
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
            return true;
        });
    }

    /** Writes the range at that offset; the position does not move. */
    public void write(long at, byte[] source, int offset, int length) {
        run("write", () -> {
            writeAt(source, offset, length, at);
            return true;
        });
    }

    /**
     * Writes zeros from one offset to another, so that later writes there need no new blocks of the disk. When it fails
     * the file is cut back to where they began.
     */
    public void preallocate(long from, long to) {
        run("preallocate", () -> {
            try {
                for (long at = from; at < to; at += CHUNK) {
                    writeAt(ZEROS, 0, (int) Math.min(CHUNK, to - at), at);
                }
            } catch (IOException e) {
                cutBack(from, e);
                throw e;
            }
            return true;
        });
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
        return run("map", () -> channel.map(FileChannel.MapMode.READ_WRITE, from, length));
    }

    /** Makes the written bytes durable; the length too, other metadata not. */
    public void force() {
        lock.lock();
        try {
            run("force", () -> {
                try {
                    forceOnce();
                } catch (IOException e) {
                    forceFailure = e;
                    throw e;
                }
                return true;
            });
        } finally {
            lock.unlock();
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
        retrying(() -> {
            channel.force(false);
            return true;
        });
    }

    /** Cuts the file to that length; the position is at most that afterwards. */
    public void truncate(long length) {
        run("truncate", () -> {
            retrying(() -> channel.truncate(length));
            position = Math.min(position, length);
            return true;
        });
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
        retrying(() -> {
            buffer.position(from);
            while (buffer.hasRemaining()) {
                channel.write(buffer, at + buffer.position() - from);
            }
            return true;
        });
    }

    /** Repeats an operation whose channel was closed by an interrupt that arrived while it ran. */
    private <T> T retrying(Interrupts.Operation<T> operation) throws IOException {
        boolean interrupted = false;
        try {
            for (int reopens = 0; ; reopens++) {
                try {
                    return operation.run();
                } catch (ClosedByInterruptException e) {
                    interrupted = true;
                    if (reopens == Interrupts.MAX_REOPENS) {
                        throw e;
                    }
                    Thread.interrupted();
                    channel = reopen(path);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private <T> T run(String action, Interrupts.Operation<T> operation) {
        lock.lock();
        try {
            IOException failure = forceFailure;
            if (failure != null) {
                throw new IOException("an earlier force failed, what is on the disk is unknown", failure);
            }
            if (closed) {
                throw new ClosedChannelException();
            }
            return Interrupts.heldBack(operation);
        } catch (IOException e) {
            throw IoErrors.failed(action, path, e);
        } finally {
            lock.unlock();
        }
    }
}
