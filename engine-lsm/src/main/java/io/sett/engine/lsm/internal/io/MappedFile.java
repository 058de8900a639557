// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.io;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.StorageUnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * A file read through memory. The map is never taken away by hand: when nobody can reach it the garbage collector does
 * that, so a reader that lost a race still reads the right bytes.
 */
final class MappedFile extends ReadableFile {

    private static final int SEGMENT_BITS = 30;
    private static final int SEGMENT = 1 << SEGMENT_BITS;

    private final ByteBuffer[] segments;

    private MappedFile(Path path, long size, ByteBuffer[] segments) {
        super(path, size);
        this.segments = segments;
    }

    static MappedFile map(Path path) {
        try {
            return retrying(() -> mapOnce(path));
        } catch (IOException e) {
            throw IoErrors.failed("map", path, e);
        }
    }

    /** Does an operation on a channel of its own, again when an interrupt has closed that. */
    static <T> T retrying(Interrupts.Operation<T> operation) throws IOException {
        return Interrupts.heldBack(() -> retryingUninterrupted(operation));
    }

    private static <T> T retryingUninterrupted(Interrupts.Operation<T> operation) throws IOException {
        boolean interrupted = false;
        try {
            for (int reopens = 0; reopens < Interrupts.MAX_REOPENS; reopens++) {
                try {
                    return operation.run();
                } catch (ClosedByInterruptException e) {
                    interrupted = true;
                    Thread.interrupted();
                }
            }
            return Interrupts.undisturbed(operation);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static MappedFile mapOnce(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long size = channel.size();
            ByteBuffer[] segments = new ByteBuffer[(int) ((size + SEGMENT - 1) >>> SEGMENT_BITS)];
            for (int i = 0; i < segments.length; i++) {
                long from = (long) i << SEGMENT_BITS;
                segments[i] = channel.map(FileChannel.MapMode.READ_ONLY, from, Math.min(SEGMENT, size - from));
            }
            return new MappedFile(path, size, segments);
        }
    }

    @Override
    void readInside(long position, byte[] target, int offset, int length) {
        try {
            int done = 0;
            while (done < length) {
                long at = position + done;
                ByteBuffer segment = segments[(int) (at >>> SEGMENT_BITS)];
                int inside = (int) at & SEGMENT - 1;
                int part = Math.min(length - done, segment.limit() - inside);
                segment.get(inside, target, offset + done, part);
                done += part;
            }
        } catch (InternalError e) {
            // How the JVM reports a page that the device could not deliver, or a file cut by somebody else.
            throw lost(path(), position, length, e);
        }
    }

    /** The error for bytes under a map that cannot be had. */
    static StorageUnavailableException lost(Path path, long position, int length, InternalError cause) {
        return new StorageUnavailableException(ErrorCode.STORAGE_UNAVAILABLE, "cannot read " + length + " bytes at "
                + position + " of " + path + ": the file was cut or the device failed",
                Map.of("file", path, "offset", position), cause);
    }

    @Override
    public boolean isMapped() {
        return true;
    }

    @Override
    public void close() {
        // Nothing is held but the map, see above.
    }
}
