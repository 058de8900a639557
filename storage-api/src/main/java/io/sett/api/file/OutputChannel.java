// SPDX-License-Identifier: Apache-2.0
package io.sett.api.file;

import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** A file being written, as a channel. */
final class OutputChannel implements WritableByteChannel {

    private static final int PIECE = 8192;

    private final FileOutput output;
    private boolean open = true;

    OutputChannel(FileOutput output) {
        this.output = output;
    }

    @Override
    public int write(ByteBuffer source) {
        int count = source.remaining();
        if (source.hasArray()) {
            output.write(source.array(), source.arrayOffset() + source.position(), count);
            source.position(source.limit());
            return count;
        }
        byte[] piece = new byte[Math.min(PIECE, count)];
        while (source.hasRemaining()) {
            int step = Math.min(piece.length, source.remaining());
            source.get(piece, 0, step);
            output.write(piece, 0, step);
        }
        return count;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
        output.close();
    }
}
