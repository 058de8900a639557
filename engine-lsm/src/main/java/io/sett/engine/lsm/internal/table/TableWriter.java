// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.table;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.InternalStorageException;
import io.sett.api.error.LimitExceededException;
import io.sett.engine.lsm.internal.base.Bytes;
import io.sett.engine.lsm.internal.base.EntryKind;
import io.sett.engine.lsm.internal.base.Hash64;
import io.sett.engine.lsm.internal.base.InternalKey;
import io.sett.engine.lsm.internal.base.Limits;
import io.sett.engine.lsm.internal.base.RangeDeletions;
import io.sett.engine.lsm.internal.base.ValueCell;
import io.sett.engine.lsm.internal.base.ValuePointer;
import io.sett.engine.lsm.internal.codec.ByteWriter;
import io.sett.engine.lsm.internal.codec.Checksums;
import io.sett.engine.lsm.internal.codec.Compression;
import io.sett.engine.lsm.internal.codec.CompressionType;
import io.sett.engine.lsm.internal.codec.FileHeader;
import io.sett.engine.lsm.internal.codec.Varint;
import io.sett.engine.lsm.internal.io.WritableFile;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;

/**
 * Writes one table from entries that come in order. Keeps one block, the index and eight bytes per key in memory.
 *
 * <p>{@link #finish} makes the file durable (the directory is the caller's); a writer that is closed without it leaves
 * an unfinished file, which the caller deletes. One thread at a time.
 */
public final class TableWriter implements AutoCloseable {

    /** Kind in the file header. */
    public static final String KIND = "TABL";

    private static final int BUFFER = 256 * 1024;
    private static final long OWN_VERSIONS = 0;

    private final WritableFile file;
    private final TableOptions options;
    private final Compression compression;
    private BlockWriter block = new BlockWriter();
    private BlockWriter index = new BlockWriter();
    private ByteWriter raw = new ByteWriter(8192);
    private ByteWriter out = new ByteWriter(BUFFER + 16 * 1024);
    private final long createdAt;
    private final byte[] handle = new byte[2 * Varint.MAX_LENGTH];
    private byte[] lastKey = new byte[64];
    private int lastLength = -1;
    private long lastTrailer;
    private BlockHandle pending = BlockHandle.NONE;
    private long[] hashes = new long[1024];
    private int hashCount;
    private byte[] smallest = Bytes.EMPTY;
    private long flushed;
    private long entries;
    private long tombstones;
    private long shadowed;
    private long minVersion = Long.MAX_VALUE;
    private long maxVersion;
    private long expiring;
    private long minExpiry = Long.MAX_VALUE;
    private long maxExpiry;
    private long rawKeyBytes;
    private long rawCellBytes;
    private RangeDeletions deletions = RangeDeletions.NONE;
    private boolean sealed;
    private long dataBytes;
    private BlockHandle filterBlock = BlockHandle.NONE;
    private BlockHandle indexBlock = BlockHandle.NONE;
    private BlockHandle rangeBlock = BlockHandle.NONE;
    private final ValueReferences.Counter references = new ValueReferences.Counter();
    private final ValuePointer pointer = new ValuePointer();
    private final ValueCell separated = new ValueCell();

    /**
     * Begins a table.
     *
     * @param file new and empty; closed by {@link #close}
     * @param createdAt milliseconds since 1970
     */
    public TableWriter(WritableFile file, TableOptions options, UUID storeId, long fileId, long createdAt) {
        this.file = file;
        this.options = options;
        this.compression = options.compression().open(options.compressionLevel());
        this.createdAt = createdAt;
        out.putBytes(new FileHeader(KIND, TableFooter.FORMAT_VERSION, storeId, fileId, createdAt, 0).encode());
    }

    /** Adds an entry, which must lie behind the one before. */
    public void add(byte[] key, int keyOffset, int keyLength, long trailer, byte[] cell, int cellOffset,
            int cellLength) {
        check(key, keyOffset, keyLength, trailer, cellLength);
        boolean sameKey = lastLength >= 0 && Bytes.equal(lastKey, 0, lastLength, key, keyOffset, keyLength);
        if (pending.isPresent()) {
            addIndexEntry(key, keyOffset, keyLength, sameKey);
        }
        block.add(key, keyOffset, keyLength, trailer, cell, cellOffset, cellLength);
        if (!sameKey) {
            addHash(Hash64.of(key, keyOffset, keyLength));
            lastKey = Bytes.atLeast(lastKey, keyLength);
            System.arraycopy(key, keyOffset, lastKey, 0, keyLength);
            lastLength = keyLength;
        } else {
            shadowed++;
        }
        lastTrailer = trailer;
        count(trailer, cell, cellOffset, cellLength, keyLength);
        if (block.estimatedLength() >= options.blockSize()) {
            finishBlock();
        }
    }

    private void check(byte[] key, int keyOffset, int keyLength, long trailer, int cellLength) {
        if (keyLength > Limits.MAX_KEY_LENGTH || cellLength > Limits.MAX_CELL_LENGTH) {
            throw new LimitExceededException(ErrorCode.ENTRY_TOO_LARGE, "an entry of " + keyLength + " + " + cellLength
                    + " bytes; the limits are " + Limits.MAX_KEY_LENGTH + " and " + Limits.MAX_CELL_LENGTH,
                    Map.of("key_length", keyLength, "value_length", cellLength));
        }
        if (entries == 0) {
            smallest = InternalKey.encode(key, keyOffset, keyLength, trailer);
        } else if (InternalKey.compare(lastKey, 0, lastLength, lastTrailer, key, keyOffset, keyLength, trailer) >= 0) {
            throw new InternalStorageException(ErrorCode.INTERNAL, file.path() + ": entry "
                    + InternalKey.describe(InternalKey.encode(key, keyOffset, keyLength, trailer))
                    + " does not lie behind " + InternalKey.describe(InternalKey.encode(lastKey, 0, lastLength,
                    lastTrailer)));
        }
    }

    private void count(long trailer, byte[] cell, int cellOffset, int cellLength, int keyLength) {
        long version = InternalKey.version(trailer);
        entries++;
        if (InternalKey.kind(trailer) == EntryKind.DELETE) {
            tombstones++;
        } else if (InternalKey.kind(trailer) == EntryKind.PUT_POINTER) {
            countReference(cell, cellOffset, cellLength);
        }
        minVersion = Math.min(minVersion, version);
        maxVersion = Math.max(maxVersion, version);
        rawKeyBytes += keyLength;
        rawCellBytes += cellLength;
        long expiry = ValueCell.expiresAt(cell, cellOffset, cellLength);
        if (expiry != 0) {
            expiring++;
            minExpiry = Math.min(minExpiry, expiry);
            maxExpiry = Math.max(maxExpiry, expiry);
        }
    }

    private void countReference(byte[] cell, int cellOffset, int cellLength) {
        if (!separated.parse(cell, cellOffset, cellLength)
                || !pointer.parse(cell, separated.payloadOffset(), separated.payloadLength())) {
            throw new InternalStorageException(ErrorCode.INTERNAL, file.path()
                    + ": an entry has a malformed pointer into the value log");
        }
        references.add(pointer);
    }

    private void addHash(long hash) {
        if (options.falsePositives() > 0) {
            if (hashCount == hashes.length) {
                hashes = Arrays.copyOf(hashes, hashCount * 2);
            }
            hashes[hashCount++] = hash;
        }
    }

    /** The ranges that the table deletes, all at once. */
    public void deletions(RangeDeletions ranges) {
        deletions = ranges;
        minVersion = Math.min(minVersion, ranges.minVersion());
        maxVersion = Math.max(maxVersion, ranges.maxVersion());
    }

    /** Entries so far. */
    public long entries() {
        return entries;
    }

    /** About how long the file would be if it ended now. */
    public long estimatedSize() {
        return flushed + out.length() + block.estimatedLength() + index.estimatedLength()
                + (long) (hashCount * 1.4) + 512;
    }

    private void finishBlock() {
        block.finish(raw.reset());
        pending = writeBlock(raw.array(), raw.length(), true);
        block.reset();
        if (out.length() >= BUFFER) {
            flush();
        }
    }

    /** Adds the separator of the last block, now that the key behind it is known. */
    private void addIndexEntry(byte[] next, int offset, int length, boolean sameKey) {
        if (sameKey) {
            addIndexEntry(lastKey, lastLength, lastTrailer);
            return;
        }
        // The shortest key at or behind the last one and before the next: one byte more than they share, if that is
        // still below the next key.
        int shared = Bytes.commonPrefix(lastKey, 0, lastLength, next, offset, length);
        if (shared + 1 < lastLength && shared + 1 < length) {
            addIndexEntry(Arrays.copyOfRange(next, offset, offset + shared + 1), shared + 1, InternalKey.LAST_TRAILER);
            return;
        }
        addIndexEntry(lastKey, lastLength, InternalKey.LAST_TRAILER);
    }

    private void addIndexEntry(byte[] key, int length, long trailer) {
        int end = Varint.write(handle, Varint.write(handle, 0, pending.offset()), pending.length());
        index.add(key, 0, length, trailer, handle, 0, end);
        pending = BlockHandle.NONE;
    }

    private BlockHandle writeBlock(byte[] content, int length, boolean mayCompress) {
        long offset = flushed + out.length();
        int start = out.length();
        CompressionType codec = CompressionType.NONE;
        if (mayCompress && compression.type() != CompressionType.NONE) {
            out.putVarint(length);
            int at = out.reserve(compression.maxCompressedLength(length));
            int packed = compression.compress(content, 0, length, out.array(), at);
            if (at + packed - start <= length - length / 10) {
                codec = compression.type();
                out.truncate(at + packed);
            } else {
                out.truncate(start);
            }
        }
        if (codec == CompressionType.NONE) {
            out.putBytes(content, 0, length);
        }
        BlockHandle written = new BlockHandle(offset, out.length() - start);
        out.putByte(codec.id());
        out.putInt(Checksums.crc32c(out.array(), start, out.length() - start));
        return written;
    }

    private void flush() {
        int length = out.length();
        file.append(out.array(), 0, length);
        flushed += length;
        out.reset();
    }

    /** Writes what is left, forces the file and says what is in it. It must have an entry or a deleted range. */
    public Finished finish() {
        return finish(OWN_VERSIONS);
    }

    /** {@link #finish()} without forcing the file. */
    Finished finishTemporary() {
        return end(OWN_VERSIONS);
    }

    /**
     * {@link #finish()} for entries that were all added with version 0, each key once, and get their version only now.
     *
     * @param version that of all entries
     */
    public Finished finish(long version) {
        Finished finished = end(version);
        file.force();
        return finished;
    }

    private Finished end(long version) {
        if (!sealed) {
            writeBody();
        }
        if (version != OWN_VERSIONS) {
            minVersion = version;
            maxVersion = version;
        }
        TableProperties properties = new TableProperties(withVersion(lowest(), version),
                withVersion(highest(), version), entries, tombstones, minVersion, maxVersion, expiring,
                expiring == 0 ? 0 : minExpiry, maxExpiry, rawKeyBytes, rawCellBytes, dataBytes, createdAt,
                deletions.count(), rangeBlock.offset(), rangeBlock.length(), references.toReferences(), shadowed);
        byte[] encoded = properties.encode();
        BlockHandle propertiesHandle = writeBlock(encoded, encoded.length, false);
        long size = flushed + out.length() + TableFooter.LENGTH;
        boolean oneVersion = version != OWN_VERSIONS;
        out.putBytes(new TableFooter(indexBlock, filterBlock, propertiesHandle, size, oneVersion).encode());
        flush();
        return new Finished(size, properties);
    }

    private static byte[] withVersion(byte[] key, long version) {
        return version == OWN_VERSIONS ? key
                : InternalKey.encode(InternalKey.userKey(key), version, InternalKey.kind(InternalKey.trailer(key)));
    }

    /** Makes what was written so far durable. */
    public void force() {
        file.force();
    }

    /** Writes all but the end of the file, so that {@link #finish} has little left to do. */
    public void seal() {
        writeBody();
        flush();
        // A table may wait for its version beside many others: only a small buffer is still needed.
        block = new BlockWriter();
        index = new BlockWriter();
        raw = new ByteWriter(0);
        out = new ByteWriter(0);
    }

    private void writeBody() {
        if (entries == 0 && deletions.isEmpty()) {
            throw new InternalStorageException(ErrorCode.INTERNAL, file.path() + ": a table without entries");
        }
        if (!block.isEmpty()) {
            finishBlock();
        }
        if (entries > 0) {
            addIndexEntry(lastKey, lastLength, InternalKey.LAST_TRAILER);
        }
        dataBytes = flushed + out.length() - FileHeader.LENGTH;
        if (hashCount > 0) {
            byte[] bits = Filter.build(hashes, hashCount, options.falsePositives());
            filterBlock = writeBlock(bits, bits.length, false);
            hashes = new long[0];
            flush();
        }
        if (entries > 0) {
            index.finish(raw.reset());
            indexBlock = writeBlock(raw.array(), raw.length(), true);
        }
        if (!deletions.isEmpty()) {
            byte[] block = RangeDeletionBlock.encode(deletions);
            rangeBlock = writeBlock(block, block.length, false);
        }
        sealed = true;
    }

    /** The first user key of an entry or deleted range. */
    private byte[] lowest() {
        if (deletions.isEmpty()) {
            return smallest;
        }
        RangeDeletions.Fragment first = deletions.fragment(0);
        byte[] start = InternalKey.encode(first.start(), first.newest(), EntryKind.RANGE_DELETE);
        return entries > 0 && InternalKey.compare(smallest, start) <= 0 ? smallest : start;
    }

    /** The last user key of an entry or deleted range; of a range that is the end unless the key before it is known. */
    private byte[] highest() {
        byte[] largest = lastLength < 0 ? smallest : InternalKey.encode(lastKey, 0, lastLength, lastTrailer);
        if (deletions.isEmpty()) {
            return largest;
        }
        RangeDeletions.Fragment last = deletions.fragment(deletions.count() - 1);
        int length = last.end().length;
        byte[] key = last.end()[length - 1] == 0 ? Arrays.copyOf(last.end(), length - 1) : last.end();
        byte[] end = InternalKey.encode(key, last.newest(), EntryKind.RANGE_DELETE);
        return entries > 0 && InternalKey.compareUserKeys(largest, end) >= 0 ? largest : end;
    }

    /**
     * A table that is complete and durable.
     *
     * @param size bytes of the file
     * @param properties what is in it
     */
    public record Finished(long size, TableProperties properties) {
    }

    /** Closes the file, finished or not. */
    @Override
    public void close() {
        file.close();
    }
}
