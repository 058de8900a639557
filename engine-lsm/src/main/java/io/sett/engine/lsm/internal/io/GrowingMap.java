// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A file that grows, read through maps of pieces of it. Only the last piece is mapped anew when the file has grown;
 * maps are never taken away by hand, see {@link MappedFile}.
 */
final class GrowingMap extends ReadableFile {

    private static final int PIECE_BITS = 26;
    private static final int PIECE = 1 << PIECE_BITS;

    private final ReentrantLock growing = new ReentrantLock();
    private volatile ByteBuffer[] pieces = new ByteBuffer[0];

    private GrowingMap(Path path) {
        super(path, 0);
    }

    static GrowingMap open(Path path) {
        GrowingMap file = new GrowingMap(path);
        file.map();
        return file;
    }

    @Override
    boolean reach(long end) {
        if (size() < end) {
            map();
        }
        return size() >= end;
    }

    private void map() {
        growing.lock();
        try {
            MappedFile.retrying(() -> {
                mapOnce();
                return true;
            });
        } catch (IOException e) {
            throw IoErrors.failed("map", path(), e);
        } finally {
            growing.unlock();
        }
    }

    private void mapOnce() throws IOException {
        try (FileChannel channel = FileChannel.open(path(), StandardOpenOption.READ)) {
            long length = channel.size();
            if (length <= size()) {
                return;
            }
            ByteBuffer[] more = Arrays.copyOf(pieces, (int) ((length + PIECE - 1) >>> PIECE_BITS));
            for (int i = (int) (size() >>> PIECE_BITS); i < more.length; i++) {
                long from = (long) i << PIECE_BITS;
                more[i] = channel.map(FileChannel.MapMode.READ_ONLY, from, Math.min(PIECE, length - from))
                        .order(ByteOrder.LITTLE_ENDIAN);
            }
            pieces = more;
            grown(length);
        }
    }

    @Override
    void readInside(long position, byte[] target, int offset, int length) {
        ByteBuffer[] maps = pieces;
        try {
            for (int done = 0; done < length; ) {
                long at = position + done;
                ByteBuffer piece = maps[(int) (at >>> PIECE_BITS)];
                int inside = (int) at & PIECE - 1;
                int part = Math.min(length - done, piece.limit() - inside);
                piece.get(inside, target, offset + done, part);
                done += part;
            }
        } catch (InternalError e) {
            throw MappedFile.lost(path(), position, length, e);
        }
    }

    @Override
    int readIntInside(long position) {
        ByteBuffer piece = pieces[(int) (position >>> PIECE_BITS)];
        int inside = (int) position & PIECE - 1;
        try {
            return inside <= piece.limit() - Integer.BYTES ? piece.getInt(inside) : super.readIntInside(position);
        } catch (InternalError e) {
            throw MappedFile.lost(path(), position, Integer.BYTES, e);
        }
    }

    @Override
    public boolean isMapped() {
        return true;
    }

    @Override
    public void close() {
        // Nothing is held but the maps.
    }
}
