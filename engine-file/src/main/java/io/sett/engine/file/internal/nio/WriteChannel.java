// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.nio;

import io.sett.api.file.FileOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.locks.ReentrantLock;

/** Writes a file from front to back; it appears when the channel is closed. Safe for many threads, which take turns. */
final class WriteChannel implements SeekableByteChannel {

    private final StorePath path;
    private final FileOutput output;
    private final WritableByteChannel channel;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean failed;
    private volatile boolean open = true;

    WriteChannel(StorePath path, FileOutput output) {
        this.path = path;
        this.output = output;
        this.channel = output.asChannel();
    }

    @Override
    public int read(ByteBuffer target) {
        throw new NonReadableChannelException();
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        lock.lock();
        try {
            requireOpen();
            failed = true;
            int count = Translation.call(path, () -> write(channel, source));
            failed = false;
            return count;
        } finally {
            lock.unlock();
        }
    }

    private static int write(WritableByteChannel target, ByteBuffer source) {
        try {
            return target.write(source);
        } catch (IOException impossible) {
            throw new IllegalStateException("the channel of a store throws the errors of this library", impossible);
        }
    }

    private void requireOpen() throws ClosedChannelException {
        if (!open) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public long position() throws IOException {
        requireOpen();
        return output.position();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
        requireOpen();
        if (position != output.position()) {
            throw new UnsupportedOperationException("'" + path + "' is written from front to back: it is at "
                    + output.position() + ", asked for was " + position);
        }
        return this;
    }

    @Override
    public long size() throws IOException {
        return position();
    }

    @Override
    public SeekableByteChannel truncate(long size) throws IOException {
        requireOpen();
        if (size < output.position()) {
            throw new UnsupportedOperationException("what was written to '" + path + "' cannot be taken back");
        }
        return this;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    /** Commits, unless a write failed: then nothing of it is kept. */
    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            if (!open) {
                return;
            }
            open = false;
            Translation.run(path, () -> {
                try (output) {
                    if (!failed) {
                        output.commit();
                    }
                }
            });
        } finally {
            lock.unlock();
        }
    }
}
