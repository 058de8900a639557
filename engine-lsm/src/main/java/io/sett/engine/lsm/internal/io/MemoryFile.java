// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.io;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a file in memory, in pieces; a piece to which only zeros were written takes no memory. Lives as long as
 * its name or a channel on it. Any thread.
 */
final class MemoryFile {

    private static final int PIECE = 64 * 1024;

    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private byte @Nullable [][] pieces = new byte[4][];
    private long size;

    long size() {
        lock.readLock().lock();
        try {
            return size;
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Reads what there is from the position on; -1 behind the end. */
    int read(ByteBuffer target, long position) {
        lock.readLock().lock();
        try {
            if (position >= size) {
                return -1;
            }
            int wanted = (int) Math.min(target.remaining(), size - position);
            for (int done = 0; done < wanted; ) {
                int from = (int) ((position + done) % PIECE);
                int length = Math.min(wanted - done, PIECE - from);
                byte[] piece = pieces[(int) ((position + done) / PIECE)];
                if (piece == null) {
                    target.put(new byte[length]);
                } else {
                    target.put(piece, from, length);
                }
                done += length;
            }
            return wanted;
        } finally {
            lock.readLock().unlock();
        }
    }

    int write(ByteBuffer source, long position) {
        lock.writeLock().lock();
        try {
            int wanted = source.remaining();
            for (int done = 0; done < wanted; ) {
                int from = (int) ((position + done) % PIECE);
                int length = Math.min(wanted - done, PIECE - from);
                put(source, (int) ((position + done) / PIECE), from, length);
                done += length;
            }
            size = Math.max(size, position + wanted);
            return wanted;
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void put(ByteBuffer source, int index, int from, int length) {
        if (index >= pieces.length) {
            pieces = Arrays.copyOf(pieces, Math.max(index + 1, pieces.length * 2));
        }
        byte[] piece = pieces[index];
        if (piece == null) {
            if (isZero(source, length)) {
                source.position(source.position() + length);
                return;
            }
            piece = new byte[PIECE];
            pieces[index] = piece;
        }
        source.get(piece, from, length);
    }

    private static boolean isZero(ByteBuffer source, int length) {
        for (int i = source.position(); i < source.position() + length; i++) {
            if (source.get(i) != 0) {
                return false;
            }
        }
        return true;
    }

    void truncate(long length) {
        lock.writeLock().lock();
        try {
            if (length >= size) {
                return;
            }
            size = length;
            int kept = (int) ((length + PIECE - 1) / PIECE);
            Arrays.fill(pieces, Math.min(kept, pieces.length), pieces.length, null);
            byte[] last = length % PIECE == 0 || kept > pieces.length ? null : pieces[kept - 1];
            if (last != null) {
                Arrays.fill(last, (int) (length % PIECE), PIECE, (byte) 0);
            }
        } finally {
            lock.writeLock().unlock();
        }
    }
}
