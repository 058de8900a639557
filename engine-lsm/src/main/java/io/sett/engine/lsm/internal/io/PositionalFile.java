// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.io;

import io.sett.api.error.ClosedException;
import io.sett.api.error.ErrorCode;
import io.sett.engine.lsm.internal.base.Damage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A file read by positional reads of a channel that is opened anew when an interrupt has closed it. */
final class PositionalFile extends ReadableFile {

    /** Bounds the temporary direct buffer through which the JDK reads into an array. */
    private static final int CHUNK = 128 * 1024;
    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ);

    private final ReentrantLock opening = new ReentrantLock();
    private volatile FileChannel channel;
    private final boolean growing;
    private volatile boolean closed;
    private volatile @Nullable HandleLimit limit;

    private PositionalFile(Path path, long size, FileChannel channel, boolean growing) {
        super(path, size);
        this.channel = channel;
        this.growing = growing;
    }

    static PositionalFile open(Path path) {
        return opened(path, false);
    }

    static PositionalFile openGrowing(Path path) {
        return opened(path, true);
    }

    private static PositionalFile opened(Path path, boolean growing) {
        try {
            return Interrupts.heldBack(() -> {
                FileChannel channel = StoreDirectory.open(path, READ);
                return new PositionalFile(path, channel.size(), channel, growing);
            });
        } catch (IOException e) {
            throw IoErrors.failed("open", path, e);
        }
    }

    @Override
    boolean reach(long end) {
        if (growing) {
            grown(StoreDirectory.size(path()));
        }
        return size() >= end;
    }

    @Override
    void readInside(long position, byte[] target, int offset, int length) {
        try {
            Interrupts.heldBack(() -> {
                for (int done = 0; done < length; ) {
                    int part = Math.min(CHUNK, length - done);
                    readRetrying(position + done, target, offset + done, part);
                    done += part;
                }
                return true;
            });
        } catch (IOException e) {
            throw IoErrors.failed("read", path(), e);
        }
    }

    private void readRetrying(long position, byte[] target, int offset, int length) throws IOException {
        boolean interrupted = false;
        try {
            for (int reopens = 0; reopens < Interrupts.MAX_REOPENS; reopens++) {
                FileChannel current = channel;
                try {
                    readOnce(current, position, target, offset, length);
                    return;
                } catch (ClosedChannelException e) {
                    // By an interrupt of this thread or of another one that used the same channel, or let go when idle.
                    interrupted |= Thread.interrupted();
                    reopen(current);
                }
            }
            interrupted = true;
            Interrupts.undisturbed(() -> {
                // A channel of its own: others may be interrupted while they use the shared one.
                try (FileChannel own = StoreDirectory.open(path(), READ)) {
                    readOnce(own, position, target, offset, length);
                }
                return true;
            });
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void readOnce(FileChannel from, long position, byte[] target, int offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(target, offset, length);
        while (buffer.hasRemaining()) {
            long at = position + buffer.position() - offset;
            if (from.read(buffer, at) < 0) {
                throw Damage.at(path(), at, "the file ends here, it had " + size() + " bytes when it was opened");
            }
        }
    }

    private void reopen(FileChannel broken) throws IOException {
        opening.lock();
        try {
            if (closed) {
                throw new ClosedException(ErrorCode.STORE_CLOSED, path() + " was closed while it was read",
                        Map.of("file", path()));
            }
            if (channel == broken || !channel.isOpen()) {
                channel = StoreDirectory.open(path(), READ);
            }
        } finally {
            opening.unlock();
        }
        count();
    }

    @Override
    public void limitHandles(HandleLimit handles) {
        limit = handles;
        count();
    }

    private void count() {
        HandleLimit handles = limit;
        if (handles != null) {
            handles.opened(this);
            if (closed) {
                handles.closed(this);
            }
        }
    }

    @Override
    public void releaseHandle() {
        opening.lock();
        try {
            channel.close();
        } catch (IOException e) {
            throw IoErrors.failed("close", path(), e);
        } finally {
            opening.unlock();
        }
    }

    @Override
    public boolean isMapped() {
        return false;
    }

    @Override
    public void close() {
        opening.lock();
        try {
            closed = true;
            channel.close();
        } catch (IOException e) {
            throw IoErrors.failed("close", path(), e);
        } finally {
            opening.unlock();
        }
        HandleLimit handles = limit;
        if (handles != null) {
            handles.closed(this);
        }
    }
}
