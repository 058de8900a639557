// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.table;

import io.sett.engine.lsm.internal.base.Bytes;
import io.sett.engine.lsm.internal.base.Damage;
import io.sett.engine.lsm.internal.base.Limits;
import io.sett.engine.lsm.internal.codec.ByteReader;
import io.sett.engine.lsm.internal.codec.Checksums;
import io.sett.engine.lsm.internal.codec.Compression;
import io.sett.engine.lsm.internal.codec.CompressionType;
import io.sett.engine.lsm.internal.io.ReadableFile;

/** Reads blocks of one file: checks the checksum, decompresses. Any number of threads. */
final class BlockLoader {

    /** Raw bytes, with {@link Block#SLACK} bytes behind them. */
    record Raw(byte[] data, int length) {
    }

    private final ReadableFile file;
    private final TableStats stats;

    BlockLoader(ReadableFile file, TableStats stats) {
        this.file = file;
        this.stats = stats;
    }

    Block block(BlockHandle handle) {
        Raw raw = load(handle);
        try {
            return Block.parse(raw.data, raw.length);
        } catch (MalformedBlockException e) {
            throw Damage.at(file.path(), handle.offset(), e.getMessage(), e);
        }
    }

    /**
     * A data block whose entries have a version that was not known when it was written.
     *
     * @param version of all its entries
     */
    Block block(BlockHandle handle, long version) {
        Raw raw = load(handle);
        if (raw.length >= Block.HEADER) {
            Bytes.putLong(raw.data, Block.BASE_VERSION_AT, version);
        }
        try {
            return Block.parse(raw.data, raw.length);
        } catch (MalformedBlockException e) {
            throw Damage.at(file.path(), handle.offset(), e.getMessage(), e);
        }
    }

    Filter filter(BlockHandle handle) {
        Raw raw = load(handle);
        try {
            return Filter.parse(raw.data, raw.length);
        } catch (MalformedBlockException e) {
            throw Damage.at(file.path(), handle.offset(), e.getMessage(), e);
        }
    }

    Raw load(BlockHandle handle) {
        int stored = handle.length() + BlockHandle.TRAILER;
        // At least as long as the slack, so that an uncompressed block can stay where it was read.
        byte[] content = new byte[handle.length() + Math.max(BlockHandle.TRAILER, Block.SLACK)];
        file.read(handle.offset(), content, 0, stored);
        stats.blockReads.increment();
        stats.blockBytes.add(stored);
        int expected = Bytes.getInt(content, handle.length() + 1);
        int actual = Checksums.crc32c(content, 0, handle.length() + 1);
        if (expected != actual) {
            throw Damage.at(file.path(), handle.offset(), "checksum of a block of " + handle.length() + " bytes is "
                    + Integer.toHexString(actual) + ", stored is " + Integer.toHexString(expected));
        }
        int codec = content[handle.length()];
        if (codec == CompressionType.NONE.id()) {
            return new Raw(content, handle.length());
        }
        if (!CompressionType.isKnown(codec)) {
            throw Damage.at(file.path(), handle.offset() + handle.length(), "unknown codec " + codec);
        }
        return decompress(CompressionType.byId(codec).shared(), content, handle);
    }

    private Raw decompress(Compression codec, byte[] content, BlockHandle handle) {
        ByteReader in = new ByteReader(content, 0, handle.length(), file.path(), handle.offset());
        int length = in.getVarint(Limits.MAX_BLOCK_LENGTH);
        if (length > codec.maxRawLength(in.remaining())) {
            throw in.damage("raw length " + length + " is impossible for " + in.remaining() + " compressed bytes");
        }
        byte[] raw = new byte[length + Block.SLACK];
        if (!codec.decompress(content, in.position(), in.remaining(), raw, 0, length)) {
            throw in.damage("the block cannot be decompressed by " + codec.type());
        }
        return new Raw(raw, length);
    }
}
