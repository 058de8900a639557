// SPDX-License-Identifier: Apache-2.0
package io.sett.api.file;

import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** An open file as a channel for reading. */
final class InputChannel implements SeekableByteChannel {

    private static final int PIECE = 8192;

    private final FileInput input;
    private final long size;
    private long behindEnd;
    private boolean open = true;

    InputChannel(FileInput input) {
        this.input = input;
        this.size = input.position() + input.remaining();
    }

    @Override
    public int read(ByteBuffer target) {
        if (behindEnd > 0) {
            return -1;
        }
        if (target.hasArray()) {
            int count = input.read(target.array(), target.arrayOffset() + target.position(), target.remaining());
            target.position(target.position() + Math.max(0, count));
            return count;
        }
        byte[] piece = new byte[Math.min(PIECE, target.remaining())];
        int count = input.read(piece, 0, piece.length);
        target.put(piece, 0, Math.max(0, count));
        return count;
    }

    @Override
    public int write(ByteBuffer source) {
        throw new NonWritableChannelException();
    }

    @Override
    public long position() {
        return input.position() + behindEnd;
    }

    /** A position behind the end is kept, as this interface wants it; there is nothing to read there. */
    @Override
    public SeekableByteChannel position(long position) {
        input.seek(position);
        behindEnd = Math.max(0, position - size);
        return this;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public SeekableByteChannel truncate(long length) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
        input.close();
    }
}
