// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.temp;

import io.sett.api.error.ClosedException;
import io.sett.api.error.ErrorCode;
import io.sett.api.file.FileInfo;
import io.sett.api.file.FileOutput;
import io.sett.engine.file.internal.io.IoErrors;
import io.sett.engine.file.internal.io.NewFile;
import io.sett.spi.Deadline;
import io.sett.spi.HandleTracker;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** New content of a temporary file; takes its room from the quota as it grows and gives it back when discarded. */
final class TempOutput extends FileOutput {

    private final TempSpace space;
    private final TempEntry entry;
    private final Optional<Duration> timeout;
    private final NewFile file;
    private final HandleTracker.Handle handle;
    private long length;
    private volatile boolean ended;

    TempOutput(TempSpace space, TempEntry entry, Optional<Duration> timeout) {
        this.space = space;
        this.entry = entry;
        this.timeout = timeout;
        try {
            this.file = space.newFile();
        } catch (IOException failed) {
            throw IoErrors.failed("create new content for", entry.path, failed);
        }
        this.handle = space.handles().open("output stream of temporary file '" + entry.id + "'", this::release);
    }

    @Override
    public long position() {
        return length;
    }

    @Override
    public void write(byte[] source, int offset, int count) {
        Objects.checkFromIndexSize(offset, count, source.length);
        checkNotEnded();
        space.check("writing", Deadline.after(timeout));
        space.reserveBytes(count);
        length += count;
        try {
            file.write(source, offset, count);
        } catch (IOException failed) {
            throw IoErrors.failed("write", entry.path, failed);
        }
    }

    @Override
    public FileInfo commit() {
        checkNotEnded();
        space.check("committing", Deadline.after(timeout));
        try {
            space.replaceContent(entry, file, length);
        } catch (IOException failed) {
            throw IoErrors.failed("place", entry.path, failed);
        }
        ended = true;
        handle.close();
        return new FileInfo(entry.id, length, Instant.ofEpochMilli(entry.createdMillis),
                space.context().clock().instant(), false, Optional.empty());
    }

    private void checkNotEnded() {
        if (ended) {
            throw space.isOpen() ? new ClosedException(ErrorCode.SCOPE_ENDED, "this output stream of temporary file '"
                    + entry.id + "' was committed or closed; open another one") : space.closed();
        }
    }

    @Override
    public void close() {
        if (!ended) {
            release();
            handle.close();
        }
    }

    private void release() {
        ended = true;
        space.releaseBytes(length);
        try {
            file.close();
        } catch (IOException failed) {
            throw IoErrors.failed("discard", file.path(), failed);
        }
    }
}
