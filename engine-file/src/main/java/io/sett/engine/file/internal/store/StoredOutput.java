// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.store;

import io.sett.api.error.ClosedException;
import io.sett.api.error.CorruptionException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.LimitExceededException;
import io.sett.api.file.FileInfo;
import io.sett.api.file.FileOutput;
import io.sett.api.file.SaveOptions;
import io.sett.engine.file.internal.format.ContentWriter;
import io.sett.engine.file.internal.format.Footer;
import io.sett.engine.file.internal.io.NewFile;
import io.sett.spi.Deadline;
import io.sett.spi.HandleTracker;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** A file being written in {@code new/}, which gets its name at the commit. */
final class StoredOutput extends FileOutput {

    private final FileSpace space;
    private final String name;
    private final Path target;
    private final SaveOptions options;
    private final NewFile file;
    private final ContentWriter writer;
    private final HandleTracker.Handle handle;
    private volatile boolean ended;

    StoredOutput(FileSpace space, String name, Path target, SaveOptions options) {
        this.space = space;
        this.name = name;
        this.target = target;
        this.options = options;
        this.file = FileSpace.io("create a new file for", target, space::newFile);
        this.writer = new ContentWriter(file,
                space.settings().verification() || options.expectedSha256().isPresent());
        this.handle = space.handles().open("output stream of file '" + name + "'", this::release);
    }

    @Override
    public long position() {
        return writer.length();
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, source.length);
        checkNotEnded();
        space.check("writing file '" + name + "'", Deadline.after(options.timeout()));
        long max = space.settings().maxFileSize();
        if (writer.length() + length > max) {
            throw new LimitExceededException(ErrorCode.ENTRY_TOO_LARGE, "file '" + name + "' would have at least "
                    + (writer.length() + length) + " bytes, max_file_size allows " + max
                    + "; nothing is stored, raise storage.file.max_file_size or split the file",
                    Map.of("name", name, "maximum", max));
        }
        FileSpace.io("write", target, () -> {
            writer.write(source, offset, length);
            return true;
        });
        space.writtenBytes().add(length);
    }

    @Override
    public FileInfo commit() {
        checkNotEnded();
        Deadline deadline = Deadline.after(options.timeout());
        space.check("committing file '" + name + "'", deadline);
        return commit(deadline);
    }

    FileInfo commit(Deadline deadline) {
        FileInfo info = space.locks().with(name, deadline, () -> new Placement(space, name, target, options)
                .place(file, writer, this::checkExpected));
        ended = true;
        handle.close();
        return info;
    }

    private void checkExpected(Footer footer) {
        options.expectedSha256().ifPresent(expected -> {
            String actual = footer.sha256Hex().orElseThrow();
            if (!actual.equals(expected)) {
                throw new CorruptionException(ErrorCode.FILE_CORRUPTED, "the content for file '" + name
                        + "' has SHA-256 " + actual + ", expected " + expected + "; nothing is stored",
                        Map.of("name", name, "expected", expected, "actual", actual));
            }
        });
    }

    private void checkNotEnded() {
        if (ended) {
            throw space.isOpen() ? new ClosedException(ErrorCode.SCOPE_ENDED, "this output stream of file '" + name
                    + "' was committed or closed; open another one") : space.closed();
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
        FileSpace.io("discard", file.path(), () -> {
            file.close();
            return true;
        });
    }
}
