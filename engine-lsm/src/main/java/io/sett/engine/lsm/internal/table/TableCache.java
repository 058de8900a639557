// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.table;

import io.sett.engine.lsm.internal.cache.BlockCache;
import io.sett.engine.lsm.internal.io.FileNames;
import io.sett.engine.lsm.internal.io.HandleLimit;
import io.sett.engine.lsm.internal.io.ReadableFile;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The open tables of a store by number. A table is opened when it is first asked for and stays open until it is
 * {@linkplain #evict evicted}, which whoever deletes the file does; a reader is small. Where tables are read through
 * channels, only so many channels stay open: those of tables opened longest ago are let go and come back when needed.
 *
 * <p>Threads: any. Two threads that ask for one table open it once.
 */
public final class TableCache implements AutoCloseable {

    private final Path directory;
    private final UUID storeId;
    private final boolean mapping;
    private final BlockCache<Object> blocks;
    private final PinBudget pins;
    private final TableStats stats = new TableStats();
    private final ConcurrentHashMap<Long, TableReader> open = new ConcurrentHashMap<>();
    private final HandleLimit handles;

    /**
     * No table is open yet.
     *
     * @param mapping whether tables may be mapped
     * @param maxHandles channels that may be open where tables are not mapped, at least 1
     */
    public TableCache(Path directory, UUID storeId, boolean mapping, BlockCache<Object> blocks, PinBudget pins,
            int maxHandles) {
        this.directory = directory;
        this.storeId = storeId;
        this.mapping = mapping;
        this.blocks = blocks;
        this.pins = pins;
        this.handles = new HandleLimit(maxHandles);
    }

    /** The table of that number. */
    public TableReader get(long id) {
        TableReader reader = open.get(id);
        if (reader == null) {
            reader = open.computeIfAbsent(id, this::open);
        }
        return reader;
    }

    private TableReader open(long id) {
        ReadableFile file = ReadableFile.open(FileNames.table(directory, id), mapping);
        file.limitHandles(handles);
        return TableReader.open(file, storeId, id, blocks, pins, stats);
    }

    /** Closes the table of that number, if it is open; its file is about to be deleted. */
    public void evict(long id) {
        TableReader reader = open.remove(id);
        if (reader != null) {
            reader.close();
        }
    }

    /** The cache of blocks behind it. */
    public BlockCache<Object> blocks() {
        return blocks;
    }

    /** Memory of pinned indexes and filters. */
    public PinBudget pins() {
        return pins;
    }

    /** The counters of all tables. */
    public TableStats stats() {
        return stats;
    }

    /** Number of open tables. */
    public int openTables() {
        return open.size();
    }

    /** Closes all tables. */
    @Override
    public void close() {
        for (Long id : open.keySet()) {
            evict(id);
        }
    }
}
