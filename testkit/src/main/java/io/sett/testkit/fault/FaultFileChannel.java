// SPDX-License-Identifier: Apache-2.0
package io.sett.testkit.fault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.locks.ReentrantLock;

/** An open file or directory. An interrupt closes it, as it does with channels of the JDK. */
final class FaultFileChannel extends FileChannel {

    private static final int CHUNK = 64 * 1024;

    private final FaultFileSystem system;
    private final Disk disk;
    private final Node node;
    private final String path;
    private final boolean reads;
    private final boolean writes;
    private final boolean appends;
    private final ReentrantLock positionLock = new ReentrantLock();
    private long position;

    FaultFileChannel(FaultFileSystem system, Node node, String path, boolean reads, boolean writes, boolean appends) {
        this.system = system;
        this.disk = system.disk();
        this.node = node;
        this.path = path;
        this.reads = reads;
        this.writes = writes;
        this.appends = appends;
        disk.opened(node, path);
    }

    @FunctionalInterface
    private interface Call<T> {
        T run() throws IOException;
    }

    private <T> T call(Call<T> call) throws IOException {
        if (!isOpen()) {
            throw new ClosedChannelException();
        }
        boolean done = false;
        begin();
        try {
            T result;
            if (!isOpen()) {
                throw new ClosedChannelException();
            }
            result = call.run();
            done = true;
            return result;
        } finally {
            end(done);
        }
    }

    private void mayRead() throws IOException {
        if (!reads) {
            throw new NonReadableChannelException();
        }
        if (node.isDirectory()) {
            throw new IOException("Is a directory");
        }
    }

    private void mayWrite() {
        if (!writes) {
            throw new NonWritableChannelException();
        }
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        positionLock.lock();
        try {
            int count = read(target, position);
            position += Math.max(0, count);
            return count;
        } finally {
            positionLock.unlock();
        }
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        long sum = 0;
        for (int i = offset; i < offset + length; i++) {
            while (targets[i].hasRemaining()) {
                int count = read(targets[i]);
                if (count < 0) {
                    return sum == 0 ? -1 : sum;
                }
                sum += count;
            }
        }
        return sum;
    }

    @Override
    public int read(ByteBuffer target, long at) throws IOException {
        mayRead();
        return call(() -> {
            if (!target.hasRemaining()) {
                return 0;
            }
            byte[] bytes = disk.read(node, at, target.remaining(), path);
            target.put(bytes);
            return bytes.length == 0 ? -1 : bytes.length;
        });
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        positionLock.lock();
        try {
            int count = write(source, appends ? -1 : position, true);
            position = appends ? size() : position + count;
            return count;
        } finally {
            positionLock.unlock();
        }
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        long sum = 0;
        for (int i = offset; i < offset + length; i++) {
            while (sources[i].hasRemaining()) {
                sum += write(sources[i]);
            }
        }
        return sum;
    }

    @Override
    public int write(ByteBuffer source, long at) throws IOException {
        return write(source, at, false);
    }

    private int write(ByteBuffer source, long at, boolean atPosition) throws IOException {
        mayWrite();
        if (at < 0 && !atPosition) {
            throw new IllegalArgumentException("position " + at);
        }
        return call(() -> {
            byte[] bytes = new byte[source.remaining()];
            source.get(source.position(), bytes);
            int count = disk.write(node, at, bytes, path);
            source.position(source.position() + count);
            return count;
        });
    }

    @Override
    public long position() throws IOException {
        return call(() -> position);
    }

    @Override
    public FileChannel position(long value) throws IOException {
        return call(() -> {
            position = value;
            return this;
        });
    }

    @Override
    public long size() throws IOException {
        return call(() -> disk.attributes(node).size());
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        mayWrite();
        return call(() -> {
            disk.truncate(node, size, path);
            position = Math.min(position, size);
            return this;
        });
    }

    @Override
    public void force(boolean metaData) throws IOException {
        call(() -> {
            disk.force(node, path);
            return true;
        });
    }

    @Override
    public long transferTo(long from, long count, WritableByteChannel target) throws IOException {
        long done = 0;
        while (done < count) {
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(CHUNK, count - done));
            int length = read(buffer, from + done);
            if (length < 0) {
                break;
            }
            buffer.flip();
            while (buffer.hasRemaining()) {
                target.write(buffer);
            }
            done += length;
        }
        return done;
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long at, long count) throws IOException {
        long done = 0;
        while (done < count) {
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(CHUNK, count - done));
            int length = source.read(buffer);
            if (length <= 0) {
                break;
            }
            buffer.flip();
            while (buffer.hasRemaining()) {
                write(buffer, at + done + buffer.position());
            }
            done += length;
        }
        return done;
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long from, long size) {
        throw new UnsupportedOperationException("files of this file system cannot be mapped");
    }

    @Override
    public FileLock lock(long from, long size, boolean shared) throws IOException {
        return call(() -> system.locks().acquire(this, node.id(), from, size, shared));
    }

    @Override
    public FileLock tryLock(long from, long size, boolean shared) throws IOException {
        return lock(from, size, shared);
    }

    @Override
    protected void implCloseChannel() {
        system.locks().closed(this, node.id());
        disk.closed(node);
    }
}
