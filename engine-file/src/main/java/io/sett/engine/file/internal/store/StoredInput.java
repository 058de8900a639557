// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.store;

import io.sett.api.error.ClosedException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.file.FileInput;
import io.sett.engine.file.internal.format.ContentReader;
import io.sett.engine.file.internal.format.ContentWriter;
import io.sett.engine.file.internal.format.Footer;
import io.sett.spi.Deadline;
import io.sett.spi.HandleTracker;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file of the store, read in checked chunks; read whole, its SHA-256 is checked at the end. */
final class StoredInput extends FileInput {

    private final FileSpace space;
    private final Path path;
    private final ContentReader reader;
    private final Optional<Duration> timeout;
    private final long start;
    private final long end;
    private @Nullable MessageDigest digest;
    private final HandleTracker.Handle handle;
    private long position;
    private boolean digestChecked;
    private volatile boolean closed;

    StoredInput(FileSpace space, String name, Path path, ContentReader reader, long offset, long length,
            Optional<Duration> timeout) {
        this.space = space;
        this.path = path;
        this.reader = reader;
        this.timeout = timeout;
        long content = reader.footer().contentLength();
        this.start = Math.min(offset, content);
        this.position = start;
        this.end = length > content - position ? content : position + length;
        boolean whole = offset == 0 && end == content;
        this.digest = whole && space.settings().verification() && reader.footer().sha256() != null
                ? ContentWriter.newDigest() : null;
        this.handle = space.handles().open("input stream of file '" + name + "'", this::release);
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
        int wanted = (int) Math.min(length, end - position);
        int count = FileSpace.io("read", path, () -> reader.read(position, target, offset, wanted));
        position += count;
        space.readBytes().add(count);
        if (digest != null) {
            digest.update(target, offset, count);
        }
        return count;
    }

    private void checkDigest() {
        byte[] expected = reader.footer().sha256();
        if (digest != null && !digestChecked) {
            if (!Arrays.equals(digest.digest(), expected)) {
                throw Footer.damaged(path, 0, "its content does not match its SHA-256");
            }
            digestChecked = true;
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
        FileSpace.io("close", path, () -> {
            reader.close();
            return true;
        });
    }
}
