// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.table;

import io.sett.engine.lsm.internal.codec.CompressionType;

/**
 * How tables are written.
 *
 * @param blockSize bytes of a data block before compression, from which on it is closed
 * @param compression codec of data and index blocks; not used for a block that it makes less than a tenth smaller
 * @param compressionLevel of zstd
 * @param falsePositives rate at which the filter may err; 0 writes no filter
 */
public record TableOptions(int blockSize, CompressionType compression, int compressionLevel, double falsePositives) {

    /** 4 KiB blocks, snappy, one in a hundred. */
    public static final TableOptions DEFAULTS =
            new TableOptions(4096, CompressionType.SNAPPY, CompressionType.DEFAULT_LEVEL, 0.01);

    /** Checks the numbers. */
    public TableOptions {
        if (blockSize < 64 || blockSize > 1 << 24 || falsePositives < 0 || falsePositives >= 1) {
            throw new IllegalArgumentException("block size " + blockSize + " must be 64 to 16777216, false positives "
                    + falsePositives + " from 0 to below 1");
        }
    }

    /** The same with another codec. */
    public TableOptions withCompression(CompressionType type) {
        return new TableOptions(blockSize, type, compressionLevel, falsePositives);
    }

    /** The same with another size of blocks. */
    public TableOptions withBlockSize(int bytes) {
        return new TableOptions(bytes, compression, compressionLevel, falsePositives);
    }
}
