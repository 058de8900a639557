// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import io.sett.engine.lsm.internal.base.Limits;
import io.sett.engine.lsm.internal.codec.CompressionType;
import io.sett.engine.lsm.internal.commit.WriteStallPolicy;
import io.sett.engine.lsm.internal.table.TableOptions;
import io.sett.spi.EngineContext;
import io.sett.spi.settings.EngineSettings;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The settings of one store as it uses them: paths resolved, sizes fitted to the memory budget. Immutable.
 *
 * @param directory where the store is
 * @param readOnly whether nothing is written
 * @param syncWrites whether a commit is forced when it does not say
 * @param mapping whether files may be mapped
 * @param memtableBytes size at which a memtable is full
 * @param stalls when writers are held up
 * @param cacheBytes memory for blocks
 * @param pinBytes memory for indexes and filters
 * @param maxOpenFiles channels that may be open
 * @param tables how tables are written
 * @param groupOperations operations of a commit group
 * @param maxTransactionBytes largest transaction, or what of it stays in memory
 * @param spills whether larger ones go to temporary tables
 * @param conflictKeys keys remembered for conflicts
 * @param detectsConflicts whether transactions may lose
 * @param manageTransactions whether transactions have a timeout of the store
 * @param readTimeout of a cursor's move
 * @param writeTimeout of a commit
 * @param transactionTimeout of a transaction
 * @param compactionWorkers threads that compact
 * @param baseTableBytes size of the tables that compaction writes
 * @param baseLevelBytes size of the first sorted level
 * @param levelMultiplier growth from level to level
 * @param upkeep what is done now and then
 * @param values the settings of the value log
 */
record LsmConfig(Path directory, boolean readOnly, boolean syncWrites, boolean mapping, long memtableBytes,
        WriteStallPolicy stalls, long cacheBytes, long pinBytes, int maxOpenFiles, TableOptions tables,
        int groupOperations, long maxTransactionBytes, boolean spills, long conflictKeys, boolean detectsConflicts,
        boolean manageTransactions, Duration readTimeout, Duration writeTimeout, Duration transactionTimeout,
        int compactionWorkers, long baseTableBytes, long baseLevelBytes, int levelMultiplier, UpkeepConfig upkeep,
        ValueLogConfig values) {

    private static final long MAX_AUTO_CACHE = 256L << 20;
    private static final long MOST_UNSPILLED = 8L << 20;
    /** A memtable is flushed when its logs are this many times as long, so that a kill leaves little to read again. */
    private static final int LOG_PER_MEMTABLE = 4;

    static LsmConfig of(EngineContext context, Path directory) {
        EngineSettings settings = context.settings();
        long budget = context.memory().limitBytes();
        long memtable = Math.min(settings.get(LsmSettings.MEM_TABLE_SIZE), Math.max(1L << 20, budget / 8));
        int waiting = (int) Math.max(1, Math.min(settings.get(LsmSettings.MAX_MEM_TABLES), budget / 2 / memtable));
        long cache = settings.get(LsmSettings.BLOCK_CACHE_SIZE);
        long pins = Math.max(1 << 20, budget / 8);
        long left = budget - memtable * (waiting + 1) - pins;
        cache = cache > 0 ? Math.min(cache, Math.max(left, budget / 8)) : Math.min(MAX_AUTO_CACHE, budget / 4);
        CompressionType codec = settings.get(LsmSettings.COMPRESS_TABLES)
                ? settings.get(LsmSettings.COMPRESSION_TYPE) : CompressionType.NONE;
        TableOptions tables = new TableOptions(settings.get(LsmSettings.BLOCK_SIZE).intValue(), codec,
                settings.get(LsmSettings.ZSTD_LEVEL).intValue(), settings.get(LsmSettings.FILTER_FALSE_POSITIVES));
        int slow = settings.get(LsmSettings.L0_SLOWDOWN).intValue();
        int stop = Math.max(slow + 1, settings.get(LsmSettings.L0_STOP).intValue());
        long debt = settings.get(LsmSettings.DEBT_SLOWDOWN);
        return new LsmConfig(directory, settings.get(LsmSettings.READ_ONLY),
                settings.get(LsmSettings.SYNC_WRITES), settings.get(LsmSettings.MEMORY_MAPPING), memtable,
                new WriteStallPolicy(waiting, slow, stop, debt,
                        Math.max(debt + 1, settings.get(LsmSettings.DEBT_STOP))), cache, pins,
                settings.get(LsmSettings.MAX_OPEN_FILES).intValue(), tables,
                settings.get(LsmSettings.MAX_BATCH_COUNT).intValue(), settings.get(LsmSettings.MAX_BATCH_SIZE),
                settings.get(LsmSettings.SPILL),
                settings.get(LsmSettings.CONFLICT_KEYS), settings.get(LsmSettings.DETECT_CONFLICTS),
                settings.get(LsmSettings.MANAGE_TXNS), settings.get(LsmSettings.READ_TIMEOUT),
                settings.get(LsmSettings.WRITE_TIMEOUT), settings.get(LsmSettings.TRANSACTION_TIMEOUT),
                settings.get(LsmSettings.COMPACTION_WORKERS).intValue(), settings.get(LsmSettings.BASE_TABLE_SIZE),
                settings.get(LsmSettings.BASE_LEVEL_SIZE), settings.get(LsmSettings.LEVEL_SIZE_MULTIPLIER).intValue(),
                UpkeepConfig.of(settings), ValueLogConfig.of(context, directory));
    }

    /** Whether tables are compacted by themselves. */
    boolean autoCompaction() {
        return upkeep.compacts();
    }

    /** Bytes of the logs of one memtable from which on it is flushed. */
    long logBytes() {
        return memtableBytes * LOG_PER_MEMTABLE;
    }

    /** Bytes of a transaction from which on its writes go to temporary tables; never when they do not. */
    long spillBytes() {
        return spills ? Math.min(Math.min(MOST_UNSPILLED, memtableBytes), maxTransactionBytes) : Long.MAX_VALUE;
    }

    /** What one store accepts. */
    io.sett.api.common.Limits limits() {
        return spills ? new io.sett.api.common.Limits(Limits.MAX_KEY_LENGTH, Limits.MAX_VALUE_LENGTH, Long.MAX_VALUE,
                Long.MAX_VALUE, null)
                : new io.sett.api.common.Limits(Limits.MAX_KEY_LENGTH, Math.min(Limits.MAX_VALUE_LENGTH,
                        maxTransactionBytes), maxTransactionBytes, Integer.MAX_VALUE, null);
    }
}
