// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.slab;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A slab on a direct buffer; the checks are the buffer's. */
final class DirectSlab implements Slab {

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final ByteBuffer whole;
    private final ByteBuffer buffer;
    private final int capacity;

    DirectSlab(ByteBuffer whole, int capacity) {
        this.whole = whole;
        this.buffer = whole.duplicate().clear().limit(capacity).order(ByteOrder.nativeOrder());
        this.capacity = capacity;
    }

    /** The buffer as it was allocated, for recycling. */
    ByteBuffer whole() {
        return whole;
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public int reservedBytes() {
        return whole.capacity();
    }

    @Override
    public int getInt(int at) {
        return buffer.getInt(at);
    }

    @Override
    public void putInt(int at, int value) {
        buffer.putInt(at, value);
    }

    @Override
    public short getShort(int at) {
        return buffer.getShort(at);
    }

    @Override
    public void putShort(int at, short value) {
        buffer.putShort(at, value);
    }

    @Override
    public void get(int at, byte[] target, int from, int length) {
        buffer.get(at, target, from, length);
    }

    @Override
    public void put(int at, byte[] source, int from, int length) {
        buffer.put(at, source, from, length);
    }

    @Override
    public void copy(int at, Slab target, int targetAt, int length) {
        target.buffer().put(targetAt, buffer, at, length);
    }

    @Override
    public boolean matches(int at, byte[] bytes, int length) {
        int i = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES) {
            if (buffer.getLong(at + i) != (long) LONGS.get(bytes, i)) {
                return false;
            }
        }
        for (; i < length; i++) {
            if (buffer.get(at + i) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public ByteBuffer buffer() {
        return buffer;
    }
}
