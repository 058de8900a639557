// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.table;

import io.sett.engine.lsm.internal.base.Damage;
import io.sett.engine.lsm.internal.base.EntryRef;
import io.sett.engine.lsm.internal.base.InternalCursor;
import io.sett.engine.lsm.internal.base.RangeDeletions;
import io.sett.engine.lsm.internal.cache.BlockCache;
import io.sett.engine.lsm.internal.codec.ByteReader;
import io.sett.engine.lsm.internal.codec.FileHeader;
import io.sett.engine.lsm.internal.io.ReadableFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An open table. Header and footer are checked when it is opened; index, filter and properties are read when first
 * needed, every block's checksum whenever the block is read from the file.
 *
 * <p>Index and filter are pinned while the {@link PinBudget} lasts; beyond it they live in the block cache like data.
 *
 * <p>Threads: any, without locks. Closing lets go of the file; a mapped one goes on serving those who still read.
 */
public final class TableReader implements AutoCloseable {

    private final long id;
    private final ReadableFile file;
    private final TableFooter footer;
    private final BlockLoader loader;
    private final BlockCache<Object> cache;
    private final PinBudget pins;
    private final TableStats stats;
    private volatile @Nullable Block index;
    private volatile @Nullable Filter filter;
    private volatile @Nullable RangeDeletions deletions;
    /** The version of all entries; 0 when each has its own. */
    private final long oneVersion;
    private volatile boolean closed;

    private TableReader(long id, ReadableFile file, TableFooter footer, BlockCache<Object> cache, PinBudget pins,
            TableStats stats) {
        this.id = id;
        this.file = file;
        this.footer = footer;
        this.cache = cache;
        this.pins = pins;
        this.stats = stats;
        this.loader = new BlockLoader(file, stats);
        this.oneVersion = footer.oneVersion() ? properties().maxVersion() : 0;
    }

    /** Opens a table and checks that it is the expected one. The reader closes the file, also when this fails. */
    static TableReader open(ReadableFile file, UUID storeId, long id, BlockCache<Object> cache, PinBudget pins,
            TableStats stats) {
        try {
            long size = file.size();
            if (size < FileHeader.LENGTH + TableFooter.LENGTH) {
                throw Damage.at(file.path(), size, "a table of " + size + " bytes was cut");
            }
            FileHeader header = FileHeader.decode(file.read(0, FileHeader.LENGTH), TableWriter.KIND,
                    TableFooter.FORMAT_VERSION, file.path());
            header.requireIdentity(storeId, id, file.path());
            TableFooter footer = TableFooter.decode(file.read(size - TableFooter.LENGTH, TableFooter.LENGTH), size,
                    file.path());
            stats.tablesOpened.increment();
            return new TableReader(id, file, footer, cache, pins, stats);
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Its number. */
    public long id() {
        return id;
    }

    /** Which file. */
    public Path path() {
        return file.path();
    }

    /** What the table says of itself; read from the file at each call. */
    public TableProperties properties() {
        BlockLoader.Raw raw = loader.load(footer.properties());
        return TableProperties.decode(raw.data(), raw.length(), file.path(), footer.properties().offset());
    }

    /** The ranges that it deletes; read once. Ask only where the manifest says that there are any. */
    public RangeDeletions rangeDeletions() {
        RangeDeletions known = deletions;
        if (known == null) {
            BlockHandle handle = properties().rangeDeletionBlock();
            known = RangeDeletions.NONE;
            if (handle.isPresent()) {
                if (!footer.contains(handle)) {
                    throw Damage.at(file.path(), footer.properties().offset(), "the properties place deleted ranges at "
                            + handle + ", outside the file");
                }
                BlockLoader.Raw raw = loader.load(handle);
                known = RangeDeletionBlock.decode(new ByteReader(raw.data(), 0, raw.length(), file.path(),
                        handle.offset()));
            }
            deletions = known;
        }
        return known;
    }

    /**
     * Finds the newest entry of the key at or behind the trailer.
     *
     * @param hash of the user key, for the filter
     * @return whether there is one; the result then points at it
     */
    public boolean get(byte[] key, int offset, int length, long trailer, long hash, EntryRef result) {
        boolean filtered = footer.filter().isPresent();
        if (filtered) {
            stats.filterChecks.increment();
            if (!filter().mayContain(hash)) {
                stats.filterNegatives.increment();
                return false;
            }
        }
        Block indexBlock = index();
        int slot = indexBlock.ceiling(key, offset, length, trailer);
        if (slot < indexBlock.count) {
            Block block = dataBlock(indexBlock, slot, true);
            int found = block.ceiling(key, offset, length, trailer);
            if (found < block.count && length >= block.prefixLength) {
                int at = block.position(found);
                int kindAt = block.kindAt(at);
                if (block.hasKey(at, kindAt, key, offset, length)) {
                    int cellAt = block.suffixAt(kindAt) + block.suffixLength(at);
                    result.set(block.data, cellAt, block.cellLength(at), block.trailer(kindAt));
                    return true;
                }
            }
        }
        if (filtered) {
            stats.filterFalsePositives.increment();
        }
        return false;
    }

    /**
     * A cursor over all entries, for one thread.
     *
     * @param fillCache whether blocks that it reads are put into the cache
     */
    public InternalCursor cursor(boolean fillCache) {
        return new TableCursor(this, fillCache);
    }

    /**
     * User keys that cut the table into parts of about the same size, in order; fewer where it has few blocks. Reads
     * the index alone.
     */
    public List<byte[]> separators(int parts) {
        BlockCursor at = new BlockCursor(index());
        int count = at.block().count;
        List<byte[]> keys = new ArrayList<>();
        for (int i = 1; i < Math.min(parts, count); i++) {
            at.at((int) ((long) i * count / Math.min(parts, count)) - 1);
            keys.add(Arrays.copyOfRange(at.keyArray(), at.keyOffset(), at.keyOffset() + at.keyLength()));
        }
        return keys;
    }

    /** About how many bytes of data blocks lie before the key. */
    public long approximateOffset(byte[] key, int offset, int length, long trailer) {
        Block indexBlock = index();
        int slot = indexBlock.ceiling(key, offset, length, trailer);
        return slot < indexBlock.count ? handle(indexBlock, slot).offset() : footer.index().offset();
    }

    Block index() {
        Block pinned = index;
        return pinned != null ? pinned : loadIndex();
    }

    private Block loadIndex() {
        if (!footer.index().isPresent()) {
            return Block.EMPTY;
        }
        Object cached = cache.get(id, footer.index().offset());
        if (cached != null) {
            return (Block) cached;
        }
        Block loaded = loader.block(footer.index());
        if (!pins.tryPin(loaded.memory(), this, () -> take(loaded))) {
            cache.put(id, footer.index().offset(), loaded, loaded.memory());
        }
        return loaded;
    }

    private Filter filter() {
        Filter pinned = filter;
        return pinned != null ? pinned : loadFilter();
    }

    private Filter loadFilter() {
        Object cached = cache.get(id, footer.filter().offset());
        if (cached != null) {
            return (Filter) cached;
        }
        Filter loaded = loader.filter(footer.filter());
        if (!pins.tryPin(loaded.bytes(), this, () -> take(loaded))) {
            cache.put(id, footer.filter().offset(), loaded, loaded.bytes());
        }
        return loaded;
    }

    private boolean take(Block loaded) {
        boolean wanted = !closed && index == null;
        if (wanted) {
            index = loaded;
        }
        return wanted;
    }

    private boolean take(Filter loaded) {
        boolean wanted = !closed && filter == null;
        if (wanted) {
            filter = loaded;
        }
        return wanted;
    }

    /** The data block to which an index entry leads. */
    Block dataBlock(Block indexBlock, int slot, boolean fillCache) {
        Object cached = cache.get(id, offset(indexBlock, slot));
        return cached != null ? (Block) cached : loadDataBlock(handle(indexBlock, slot), fillCache);
    }

    private Block loadDataBlock(BlockHandle handle, boolean fillCache) {
        if (!footer.contains(handle)) {
            throw Damage.at(file.path(), footer.index().offset(), "the index leads to " + handle
                    + ", outside the file");
        }
        Block loaded = oneVersion == 0 ? loader.block(handle) : loader.block(handle, oneVersion);
        if (fillCache) {
            cache.put(id, handle.offset(), loaded, loaded.memory());
        }
        return loaded;
    }

    /** The offset in a handle. */
    private static long offset(Block indexBlock, int slot) {
        int at = indexBlock.position(slot);
        int position = indexBlock.suffixAt(indexBlock.kindAt(at)) + indexBlock.suffixLength(at);
        long offset = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            byte b = indexBlock.data[position++];
            offset |= (b & 0x7fL) << shift;
            if (b >= 0) {
                break;
            }
        }
        return offset;
    }

    private BlockHandle handle(Block indexBlock, int slot) {
        int at = indexBlock.position(slot);
        int position = indexBlock.suffixAt(indexBlock.kindAt(at)) + indexBlock.suffixLength(at);
        int end = position + indexBlock.cellLength(at);
        long offset = 0;
        long length = 0;
        boolean second = false;
        for (int shift = 0; position < end && shift < 63; position++) {
            byte b = indexBlock.data[position];
            if (second) {
                length |= (b & 0x7fL) << shift;
            } else {
                offset |= (b & 0x7fL) << shift;
            }
            shift += 7;
            if (b >= 0) {
                second = true;
                shift = 0;
            }
        }
        return new BlockHandle(offset, (int) Math.min(Integer.MAX_VALUE, length));
    }

    /** Idempotent. */
    @Override
    public void close() {
        closed = true;
        index = null;
        filter = null;
        pins.unpin(this);
        file.close();
    }
}
