// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.codec;

/** Plain bytes. */
final class NoCompression implements Compression {

    @Override
    public CompressionType type() {
        return CompressionType.NONE;
    }

    @Override
    public int maxCompressedLength(int rawLength) {
        return rawLength;
    }

    @Override
    public int compress(byte[] source, int offset, int length, byte[] target, int targetOffset) {
        System.arraycopy(source, offset, target, targetOffset, length);
        return length;
    }

    @Override
    public long maxRawLength(int compressedLength) {
        return compressedLength;
    }

    @Override
    public boolean decompress(byte[] source, int offset, int length, byte[] target, int targetOffset, int rawLength) {
        if (length != rawLength) {
            return false;
        }
        System.arraycopy(source, offset, target, targetOffset, length);
        return true;
    }
}
