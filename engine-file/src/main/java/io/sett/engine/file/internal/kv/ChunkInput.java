// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.kv;

import io.sett.api.error.ClosedException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.file.FileInput;
import io.sett.engine.file.internal.format.ContentWriter;
import io.sett.spi.Deadline;
import io.sett.spi.HandleTracker;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file read chunk by chunk, one chunk in memory; read whole, its SHA-256 is checked at the end. */
final class ChunkInput extends FileInput {

    private final KeyValueSpace space;
    private final String name;
    private final FileEntry entry;
    private final Optional<Duration> timeout;
    private final long start;
    private final long end;
    private final HandleTracker.Handle handle;
    private @Nullable MessageDigest digest;
    private byte[] chunk;
    private long chunkIndex;
    private long position;
    private volatile boolean closed;

    /** The caller has pinned the content. */
    private ChunkInput(KeyValueSpace space, String name, FileEntry entry, long offset, long length,
            Optional<Duration> timeout) {
        this.space = space;
        this.name = name;
        this.entry = entry;
        this.timeout = timeout;
        this.chunk = entry.inline();
        this.chunkIndex = entry.isChunked() ? -1 : 0;
        this.start = Math.min(offset, entry.length());
        this.position = start;
        this.end = length > entry.length() - start ? entry.length() : start + length;
        boolean whole = offset == 0 && end == entry.length();
        this.digest = whole && space.settings().verification() && entry.sha256() != null
                ? ContentWriter.newDigest() : null;
        this.handle = space.handles().open("input stream of file '" + name + "'", this::release);
    }

    /** Opens a file; the content that the name has now is kept as long as the input is open. */
    static ChunkInput open(KeyValueSpace space, String name, long offset, long length, Optional<Duration> timeout) {
        while (true) {
            FileEntry entry = EntryWrites.requireFile(space, space.store(), name);
            if (!entry.isChunked()) {
                return new ChunkInput(space, name, entry, offset, length, timeout);
            }
            space.contents().pin(entry.content());
            boolean kept = false;
            try {
                // Between reading the entry and pinning its content, that may have been replaced and deleted.
                kept = space.entry(space.store(), name).filter(now -> now.content() == entry.content()).isPresent();
                if (kept) {
                    return new ChunkInput(space, name, entry, offset, length, timeout);
                }
            } finally {
                if (!kept) {
                    space.contents().unpin(entry.content());
                }
            }
        }
    }

    @Override
    public long remaining() {
        return end - position;
    }

    @Override
    public long position() {
        return position - start;
    }

    @Override
    public void seek(long to) {
        if (to < 0) {
            throw new InvalidOperationException(ErrorCode.INVALID_ARGUMENT,
                    "a position must not be negative, got " + to);
        }
        checkOpen();
        long target = to > end - start ? end : start + to;
        if (target != position) {
            digest = null;
            position = target;
        }
    }

    private void checkOpen() {
        if (closed) {
            throw space.isOpen() ? new ClosedException(ErrorCode.SCOPE_ENDED,
                    "this input stream is closed; open the file again") : space.closed();
        }
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, target.length);
        checkOpen();
        space.check("reading", Deadline.after(timeout));
        if (length == 0) {
            return 0;
        }
        if (position >= end) {
            checkDigest();
            return -1;
        }
        int size = space.header().chunkSize();
        long index = entry.isChunked() ? position / size : 0;
        int inChunk = (int) (position - index * size);
        int inside = (int) Math.min(size, entry.length() - index * size);
        if (index != chunkIndex) {
            chunk = Chunks.read(space.store(), space.keys(), name, entry.content(), index, inside);
            chunkIndex = index;
        }
        int available = entry.isChunked() ? inside : chunk.length;
        int count = (int) Math.min(Math.min(length, end - position), available - inChunk);
        System.arraycopy(chunk, inChunk, target, offset, count);
        position += count;
        space.readBytes().add(count);
        if (digest != null) {
            digest.update(target, offset, count);
        }
        return count;
    }

    private void checkDigest() {
        MessageDigest whole = digest;
        digest = null;
        if (whole != null && !Arrays.equals(whole.digest(), entry.sha256())) {
            throw FileEntry.damaged(name, "its content does not match its SHA-256");
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
        if (entry.isChunked()) {
            EntryWrites.quietly(space, "the content of file '" + name + "'",
                    () -> space.contents().unpin(entry.content()));
        }
    }
}
