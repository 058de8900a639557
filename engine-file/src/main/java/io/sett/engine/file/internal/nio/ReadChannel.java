// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.file.internal.nio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.concurrent.locks.ReentrantLock;

/** A channel of the store with the errors that users of channels expect. Safe for many threads, which take turns. */
final class ReadChannel implements SeekableByteChannel {

    private final StorePath path;
    private final SeekableByteChannel channel;
    private final ReentrantLock lock = new ReentrantLock();

    ReadChannel(StorePath path, SeekableByteChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** A use of the channel of the store, which throws no IOException. */
    @FunctionalInterface
    private interface Use<T> {
        T on(SeekableByteChannel channel) throws IOException;
    }

    private <T> T use(Use<T> use) throws IOException {
        lock.lock();
        try {
            if (!channel.isOpen()) {
                throw new ClosedChannelException();
            }
            return Translation.call(path, () -> {
                try {
                    return use.on(channel);
                } catch (IOException impossible) {
                    throw new IllegalStateException("the channel of a store throws the errors of this library",
                            impossible);
                }
            });
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return use(open -> open.read(target));
    }

    @Override
    public int write(ByteBuffer source) {
        throw new NonWritableChannelException();
    }

    @Override
    public long position() throws IOException {
        return use(SeekableByteChannel::position);
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
        if (position < 0) {
            throw new IllegalArgumentException("a position must not be negative, got " + position);
        }
        use(open -> open.position(position));
        return this;
    }

    @Override
    public long size() throws IOException {
        return use(SeekableByteChannel::size);
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            use(open -> {
                open.close();
                return true;
            });
        }
    }
}
