// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.codec;

import com.github.luben.zstd.Zstd;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InternalStorageException;
import io.sett.engine.lsm.internal.base.Limits;

/** Zstandard frames by zstd-jni. */
final class ZstdCompression implements Compression {

    private final int level;

    ZstdCompression(int level) {
        // Touches the native library, so that its absence shows here and not at the first block.
        this.level = Math.min(level, Zstd.maxCompressionLevel());
    }

    @Override
    public CompressionType type() {
        return CompressionType.ZSTD;
    }

    @Override
    public int maxCompressedLength(int rawLength) {
        return Math.toIntExact(Zstd.compressBound(rawLength));
    }

    @Override
    public int compress(byte[] source, int offset, int length, byte[] target, int targetOffset) {
        long result = Zstd.compressByteArray(target, targetOffset, target.length - targetOffset, source, offset, length,
                level);
        if (Zstd.isError(result)) {
            throw new InternalStorageException(ErrorCode.INTERNAL,
                    "zstd cannot compress " + length + " bytes: " + Zstd.getErrorName(result));
        }
        return (int) result;
    }

    @Override
    public long maxRawLength(int compressedLength) {
        return Limits.MAX_BLOCK_LENGTH;
    }

    @Override
    public boolean decompress(byte[] source, int offset, int length, byte[] target, int targetOffset, int rawLength) {
        long result = Zstd.decompressByteArray(target, targetOffset, rawLength, source, offset, length);
        return !Zstd.isError(result) && result == rawLength;
    }
}
