// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.slab;

import java.nio.ByteBuffer;

/**
 * A piece of memory outside the heap. Every access checks its bounds and throws {@link IndexOutOfBoundsException};
 * memory stays readable for as long as the slab can be reached, so a late reader sees at worst other bytes.
 *
 * <p>Threads: no ordering and no atomicity of its own; users bring both.
 */
public interface Slab {

    /** The bytes that may be used. */
    int capacity();

    /** The bytes taken from the system, at least {@link #capacity()}. */
    int reservedBytes();

    int getInt(int at);

    void putInt(int at, int value);

    short getShort(int at);

    void putShort(int at, short value);

    /** Copies bytes out. */
    void get(int at, byte[] target, int from, int length);

    /** Copies bytes in. */
    void put(int at, byte[] source, int from, int length);

    /** Copies bytes to this or another slab; the ranges may overlap. */
    void copy(int at, Slab target, int targetAt, int length);

    /** Whether the bytes from {@code at} on are those of the array. */
    boolean matches(int at, byte[] bytes, int length);

    /** The memory itself, for zero-copy reads; not to be written through. */
    ByteBuffer buffer();
}
