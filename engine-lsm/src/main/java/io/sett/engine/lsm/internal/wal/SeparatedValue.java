// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.wal;

/**
 * A value on its way to the log, apart from its key. Belongs to the commit until it is written.
 *
 * @param stored the bytes to be written, compressed or the value itself; not copied
 * @param codec number of the codec, 0 for none
 * @param length of the value itself
 * @param pointerAt where in the operations of the commit the pointer stands, 0 until it is part of one
 */
public record SeparatedValue(byte[] stored, int codec, int length, int pointerAt) {

    /** A value as it is. */
    public static SeparatedValue plain(byte[] value) {
        return new SeparatedValue(value, 0, value.length, 0);
    }

    SeparatedValue at(int position) {
        return new SeparatedValue(stored, codec, length, position);
    }
}
