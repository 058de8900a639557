// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.codec;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InternalStorageException;
import io.sett.engine.lsm.internal.base.Limits;
import io.sett.spi.log.Loggers;
import java.util.Map;
import org.slf4j.Logger;

/** Zstandard frames by zstd-jni. */
final class ZstdCompression implements Compression {

    private static final Logger LOG = Loggers.of(ZstdCompression.class);

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
        try {
            return (int) Zstd.compressByteArray(target, targetOffset, target.length - targetOffset, source, offset,
                    length, level);
        } catch (ZstdException e) {
            throw new InternalStorageException(ErrorCode.INTERNAL, "zstd cannot compress " + length + " bytes: " + e,
                    Map.of("length", length), e);
        }
    }

    @Override
    public long maxRawLength(int compressedLength) {
        return Limits.MAX_BLOCK_LENGTH;
    }

    @Override
    public boolean decompress(byte[] source, int offset, int length, byte[] target, int targetOffset, int rawLength) {
        try {
            return Zstd.decompressByteArray(target, targetOffset, rawLength, source, offset, length) == rawLength;
        } catch (ZstdException e) {
            LOG.debug("malformed zstd block: {}", e.toString());
            return false;
        }
    }
}
