// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.io;

import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/**
 * A channel on a file in memory. Only what this engine does with files: positional reads and writes, length, truncation
 * and force, which has nothing to do. Interrupts do not close it.
 */
final class MemoryChannel extends FileChannel {

    private final MemoryFile file;

    MemoryChannel(MemoryFile file) {
        this.file = file;
    }

    private MemoryFile open() throws ClosedChannelException {
        if (!isOpen()) {
            throw new ClosedChannelException();
        }
        return file;
    }

    @Override
    public int read(ByteBuffer target, long position) throws ClosedChannelException {
        return open().read(target, position);
    }

    @Override
    public int write(ByteBuffer source, long position) throws ClosedChannelException {
        return open().write(source, position);
    }

    @Override
    public long size() throws ClosedChannelException {
        return open().size();
    }

    @Override
    public FileChannel truncate(long size) throws ClosedChannelException {
        open().truncate(size);
        return this;
    }

    @Override
    public void force(boolean metadata) throws ClosedChannelException {
        open();
    }

    @Override
    protected void implCloseChannel() {
        // Nothing to let go of but the reference.
    }

    private static UnsupportedOperationException unsupported() {
        return new UnsupportedOperationException("a file in memory is read and written by position");
    }

    @Override
    public int read(ByteBuffer target) {
        throw unsupported();
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) {
        throw unsupported();
    }

    @Override
    public int write(ByteBuffer source) {
        throw unsupported();
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) {
        throw unsupported();
    }

    @Override
    public long position() {
        throw unsupported();
    }

    @Override
    public FileChannel position(long position) {
        throw unsupported();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) {
        throw unsupported();
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) {
        throw unsupported();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
        throw unsupported();
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) {
        throw unsupported();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) {
        throw unsupported();
    }
}
