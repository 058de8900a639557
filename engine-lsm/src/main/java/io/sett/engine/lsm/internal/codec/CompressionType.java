// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.codec;

import io.sett.api.error.ConfigurationException;
import io.sett.api.error.ErrorCode;
import java.util.Map;

/** The codecs by their numbers in the file format. */
public enum CompressionType {
    /** Plain bytes. */
    NONE(0),
    /** Snappy, in Java. */
    SNAPPY(1),
    /** LZ4 block format, by lz4-java. */
    LZ4(2),
    /** Zstandard, by zstd-jni. */
    ZSTD(3);

    /** The level of zstd where nobody asks for another. */
    public static final int DEFAULT_LEVEL = 1;

    private static final CompressionType[] BY_ID = values();

    private final int id;

    CompressionType(int id) {
        this.id = id;
    }

    /** The number in files. */
    public int id() {
        return id;
    }

    /** Whether there is a codec of that number. */
    public static boolean isKnown(int id) {
        return id >= 0 && id < BY_ID.length;
    }

    /** The codec of that number, which must be known. */
    public static CompressionType byId(int id) {
        return BY_ID[id];
    }

    /** A new instance with the default level. */
    public Compression open() {
        return open(DEFAULT_LEVEL);
    }

    /**
     * A new instance. Fails with a ConfigurationException that names the artifact when the codec's jar is missing.
     *
     * @param level of zstd, 1 to 22; the others have none
     */
    public Compression open(int level) {
        try {
            return switch (this) {
                case NONE -> new NoCompression();
                case SNAPPY -> new SnappyCompression();
                case LZ4 -> new Lz4Compression();
                case ZSTD -> new ZstdCompression(level);
            };
        } catch (LinkageError e) {
            String artifact = this == LZ4 ? "at.yawk.lz4:lz4-java" : "com.github.luben:zstd-jni";
            String module = this == LZ4 ? "org.lz4.java" : "com.github.luben.zstd_jni";
            throw new ConfigurationException(ErrorCode.INVALID_CONFIG, "compression " + this + " needs the artifact "
                    + artifact + ", which cannot be loaded (" + e + "); add it to the class path, or to the module "
                    + "path with --add-modules " + module + ", or choose snappy",
                    Map.of("compression", this, "artifact", artifact), e);
        }
    }

    /** The instances for reading, made when first needed. */
    public Compression shared() {
        return switch (this) {
            case NONE -> SharedNone.INSTANCE;
            case SNAPPY -> SharedSnappy.INSTANCE;
            case LZ4 -> SharedLibraries.of(this);
            case ZSTD -> SharedLibraries.of(this);
        };
    }

    private static final class SharedNone {
        static final Compression INSTANCE = new NoCompression();
    }

    private static final class SharedSnappy {
        static final Compression INSTANCE = new SnappyCompression();
    }

    /** Kept apart, since opening may fail and must then fail again, not be remembered as a broken class. */
    private static final class SharedLibraries {
        private static final Compression[] OPEN = new Compression[BY_ID.length];

        static synchronized Compression of(CompressionType type) {
            Compression open = OPEN[type.id];
            if (open == null) {
                open = type.open();
                OPEN[type.id] = open;
            }
            return open;
        }
    }
}
