// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.codec;

import io.sett.spi.log.Loggers;
import java.lang.reflect.Method;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;
import org.slf4j.Logger;

/** LZ4 blocks by lz4-java: its native code where that is allowed without a warning, else its Java code. */
final class Lz4Compression implements Compression {

    private static final Logger LOG = Loggers.of(Lz4Compression.class);
    private static final int WARNS_SINCE = 24;

    private final LZ4Compressor compressor;
    private final LZ4SafeDecompressor decompressor;

    Lz4Compression() {
        LZ4Factory factory = factory();
        compressor = factory.fastCompressor();
        decompressor = factory.safeDecompressor();
    }

    private static LZ4Factory factory() {
        if (nativeAllowed(LZ4Factory.class.getModule())) {
            try {
                return LZ4Factory.nativeInstance();
            } catch (LinkageError | RuntimeException e) {
                LOG.debug("lz4 works without its native code: {}", e.toString());
            }
        }
        return LZ4Factory.safeInstance();
    }

    /** Newer JDKs print a warning when a module that was not named on the command line loads native code. */
    private static boolean nativeAllowed(Module module) {
        if (Runtime.version().feature() < WARNS_SINCE) {
            return true;
        }
        try {
            Method enabled = Module.class.getMethod("isNativeAccessEnabled");
            return (boolean) enabled.invoke(module);
        } catch (ReflectiveOperationException e) {
            LOG.debug("whether native access is allowed is unknown: {}", e.toString());
            return false;
        }
    }

    @Override
    public CompressionType type() {
        return CompressionType.LZ4;
    }

    @Override
    public int maxCompressedLength(int rawLength) {
        return compressor.maxCompressedLength(rawLength);
    }

    @Override
    public int compress(byte[] source, int offset, int length, byte[] target, int targetOffset) {
        return compressor.compress(source, offset, length, target, targetOffset, target.length - targetOffset);
    }

    @Override
    public long maxRawLength(int compressedLength) {
        return 255L * compressedLength + 64;
    }

    @Override
    public boolean decompress(byte[] source, int offset, int length, byte[] target, int targetOffset, int rawLength) {
        try {
            return decompressor.decompress(source, offset, length, target, targetOffset, rawLength) == rawLength;
        } catch (LZ4Exception e) {
            LOG.debug("malformed lz4 block: {}", e.toString());
            return false;
        }
    }
}
