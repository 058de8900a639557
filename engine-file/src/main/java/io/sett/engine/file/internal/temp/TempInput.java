// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.temp;

import io.sett.api.error.ClosedException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.file.FileInput;
import io.sett.engine.file.internal.io.IoErrors;
import io.sett.spi.Deadline;
import io.sett.spi.HandleTracker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.LinkOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Content of a temporary file as of its opening: from memory when it is small and was read before, else from disk. */
final class TempInput extends FileInput {

    private final TempSpace space;
    private final TempEntry entry;
    private final Optional<Duration> timeout;
    private final @Nullable SeekableByteChannel channel;
    private final ByteBuffer buffer;
    private final HandleTracker.Handle handle;
    private final long length;
    private long unread;
    private volatile boolean closed;

    private TempInput(TempSpace space, TempEntry entry, Optional<Duration> timeout,
            @Nullable SeekableByteChannel channel, ByteBuffer buffer, long unread) {
        this.space = space;
        this.entry = entry;
        this.timeout = timeout;
        this.channel = channel;
        this.buffer = buffer;
        this.unread = unread;
        this.length = buffer.remaining() + unread;
        this.handle = space.handles().open("input stream of temporary file '" + entry.id + "'", this::release);
    }

    static TempInput open(TempSpace space, TempEntry entry, Optional<Duration> timeout) {
        byte[] cached = space.cache().get(entry.id);
        if (cached != null) {
            return new TempInput(space, entry, timeout, null, ByteBuffer.wrap(cached), 0);
        }
        try {
            FileChannel channel = FileChannel.open(entry.path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
            long size = channel.size();
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.max(1, Math.min(space.settings().bufferSize(), size)));
            TempInput input = new TempInput(space, entry, timeout, channel, buffer.limit(0), size);
            if (size > 0 && size <= space.settings().bufferSize() && space.settings().cacheSize() > 0) {
                input.fill();
                space.cache().put(entry.id, buffer.array());
            }
            return input;
        } catch (IOException failed) {
            throw IoErrors.failed("open", entry.path, failed);
        }
    }

    @Override
    public long remaining() {
        return buffer.remaining() + unread;
    }

    @Override
    public long position() {
        return length - remaining();
    }

    @Override
    public void seek(long position) {
        if (position < 0) {
            throw new InvalidOperationException(ErrorCode.INVALID_ARGUMENT,
                    "a position must not be negative, got " + position);
        }
        checkOpen();
        long target = Math.min(position, length);
        long bufferFrom = length - unread - buffer.limit();
        if (target >= bufferFrom && target <= bufferFrom + buffer.limit()) {
            buffer.position((int) (target - bufferFrom));
            return;
        }
        try {
            Objects.requireNonNull(channel).position(target);
            buffer.position(0).limit(0);
            unread = length - target;
        } catch (IOException failed) {
            throw IoErrors.failed("read", entry.path, failed);
        }
    }

    private void checkOpen() {
        if (closed) {
            throw space.isOpen() ? new ClosedException(ErrorCode.SCOPE_ENDED,
                    "this input stream is closed; open the file again") : space.closed();
        }
    }

    @Override
    public int read(byte[] target, int offset, int wanted) {
        Objects.checkFromIndexSize(offset, wanted, target.length);
        checkOpen();
        space.check("reading", Deadline.after(timeout));
        if (wanted == 0) {
            return 0;
        }
        if (!buffer.hasRemaining()) {
            if (unread == 0) {
                return -1;
            }
            fill();
        }
        int count = Math.min(wanted, buffer.remaining());
        buffer.get(target, offset, count);
        return count;
    }

    private void fill() {
        try {
            buffer.clear().limit((int) Math.min(buffer.capacity(), unread));
            while (buffer.hasRemaining()) {
                if (Objects.requireNonNull(channel).read(buffer) < 0) {
                    throw new IOException("the file is " + unread + " bytes shorter than when it was opened");
                }
            }
            buffer.flip();
            unread -= buffer.remaining();
        } catch (IOException failed) {
            throw IoErrors.failed("read", entry.path, failed);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            release();
            handle.close();
        }
    }

    private void release() {
        closed = true;
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException failed) {
                throw IoErrors.failed("close", entry.path, failed);
            }
        }
    }
}
