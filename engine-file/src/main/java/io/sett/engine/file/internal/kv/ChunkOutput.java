// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.kv;

import io.sett.api.error.ClosedException;
import io.sett.api.error.CorruptionException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.error.LimitExceededException;
import io.sett.api.error.TransactionConflictException;
import io.sett.api.file.FileInfo;
import io.sett.api.file.FileOutput;
import io.sett.api.file.SaveOptions;
import io.sett.api.kv.KVBatch;
import io.sett.engine.file.internal.format.ContentWriter;
import io.sett.spi.Deadline;
import io.sett.spi.HandleTracker;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A file being written in chunks that belong to nobody until the commit; one chunk and one batch in memory. */
final class ChunkOutput extends FileOutput {

    /** Longer content is written in chunks. */
    static final int MAX_INLINE = 4096;
    private static final int BATCH_BYTES = 1 << 20;

    private final KeyValueSpace space;
    private final String name;
    private final SaveOptions options;
    private final @Nullable MessageDigest digest;
    private final KVBatch batch;
    private final int batchBytes;
    private final HandleTracker.Handle handle;
    private byte[] chunk = new byte[0];
    private int inChunk;
    private long content;
    private long chunks;
    private boolean written;
    private long length;
    private volatile boolean ended;

    ChunkOutput(KeyValueSpace space, String name, SaveOptions options) {
        this.space = space;
        this.name = name;
        this.options = options;
        this.digest = space.settings().verification() || options.expectedSha256().isPresent()
                ? ContentWriter.newDigest() : null;
        this.batch = space.store().batchBegin();
        this.batchBytes = (int) Math.min(BATCH_BYTES, space.store().limits().maxTransactionBytes() / 2);
        this.handle = space.handles().open("output stream of file '" + name + "'", this::release);
    }

    @Override
    public long position() {
        return length;
    }

    @Override
    public void write(byte[] source, int offset, int count) {
        Objects.checkFromIndexSize(offset, count, source.length);
        checkNotEnded();
        Deadline deadline = Deadline.after(options.timeout());
        space.check("writing file '" + name + "'", deadline);
        long max = space.settings().maxFileSize();
        if (length + count > max) {
            throw new LimitExceededException(ErrorCode.ENTRY_TOO_LARGE, "file '" + name + "' would have at least "
                    + (length + count) + " bytes, max_file_size allows " + max + "; nothing is stored, raise storage."
                    + KeyValueFileStore.ENGINE + ".max_file_size or split the file",
                    Map.of("name", name, "maximum", max));
        }
        if (digest != null) {
            digest.update(source, offset, count);
        }
        length += count;
        space.writtenBytes().add(count);
        int size = space.header().chunkSize();
        for (int done = 0; done < count;) {
            int step = Math.min(count - done, size - inChunk);
            keep(source, offset + done, step, size);
            done += step;
            if (inChunk == size) {
                space.check("writing file '" + name + "'", deadline);
                endChunk();
            }
        }
    }

    private void keep(byte[] source, int offset, int count, int size) {
        int end = inChunk + count;
        if (end > chunk.length) {
            chunk = Arrays.copyOf(chunk, Math.max(end, Math.min(size, 2 * chunk.length)));
        }
        System.arraycopy(source, offset, chunk, inChunk, count);
        inChunk = end;
    }

    /** Puts the chunk into the batch; the mark of the content goes with the first one. */
    private void endChunk() {
        if (chunks == 0) {
            content = space.contents().newId();
            batch.put(space.keys().unowned(content), new byte[0]);
        }
        batch.put(space.keys().chunk(content, chunks), Chunks.encode(content, chunks, chunk, inChunk));
        chunks++;
        inChunk = 0;
        if (batch.byteSize() + space.header().chunkSize() > batchBytes) {
            writeBatch();
        }
    }

    private void writeBatch() {
        written = true;
        batch.write(space.durability(options.sync()));
    }

    @Override
    public FileInfo commit() {
        checkNotEnded();
        Deadline deadline = Deadline.after(options.timeout());
        space.check("committing file '" + name + "'", deadline);
        return commit(deadline);
    }

    FileInfo commit(Deadline deadline) {
        long now = space.context().clock().millis();
        byte[] sha256 = digest == null ? null : digest.digest();
        checkExpected(sha256);
        FileEntry entry;
        if (chunks == 0 && inChunk <= MAX_INLINE) {
            entry = FileEntry.inline(now, Arrays.copyOf(chunk, inChunk), sha256);
        } else {
            if (inChunk > 0) {
                endChunk();
            }
            if (batch.size() > 0) {
                writeBatch();
            }
            entry = FileEntry.chunked(now, length, sha256, content);
        }
        FileInfo info = publish(entry, deadline);
        ended = true;
        batch.close();
        handle.close();
        return info;
    }

    private FileInfo publish(FileEntry entry, Deadline deadline) {
        boolean certain = false;
        try {
            FileInfo info = new EntryWrites(space).publish(name, entry, options, deadline);
            certain = true;
            return info;
        } catch (InvalidOperationException | LimitExceededException | TransactionConflictException refused) {
            certain = true;
            throw refused;
        } finally {
            // Of a commit whose outcome is unknown the content stays; the next open deletes it if it has no name.
            written = written && certain;
        }
    }

    private void checkExpected(byte @Nullable [] sha256) {
        options.expectedSha256().ifPresent(expected -> {
            String actual = HexFormat.of().formatHex(Objects.requireNonNull(sha256));
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
        EntryWrites.quietly(space, "what was written of file '" + name + "'", () -> {
            batch.close();
            if (written) {
                space.contents().discard(content);
            }
        });
    }
}
