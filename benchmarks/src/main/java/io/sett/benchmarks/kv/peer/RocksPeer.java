// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.kv.peer;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.CompressionType;
import org.rocksdb.LRUCache;
import org.rocksdb.OptimisticTransactionDB;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Status;
import org.rocksdb.Transaction;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** RocksDB over JNI, with a bloom filter, snappy, and the same budgets. */
final class RocksPeer implements Peer {

    static {
        RocksDB.loadLibrary();
    }

    private final Cache cache = new LRUCache(CACHE_BYTES);
    private final BloomFilter filter = new BloomFilter(10);
    private final Options options = new Options().setCreateIfMissing(true).setWriteBufferSize(WRITE_BUFFER_BYTES)
            .setMaxWriteBufferNumber(3).setCompressionType(CompressionType.SNAPPY_COMPRESSION).setMaxBackgroundJobs(2)
            .setTableFormatConfig(new BlockBasedTableConfig().setBlockCache(cache).setFilterPolicy(filter));
    private final WriteOptions write;
    private final ReadOptions read = new ReadOptions();
    private final OptimisticTransactionDB db;

    RocksPeer(Path directory, boolean sync) {
        write = new WriteOptions().setSync(sync);
        try {
            db = OptimisticTransactionDB.open(options, directory.toString());
        } catch (RocksDBException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public void put(byte[] key, byte[] value) {
        try {
            db.put(write, key, value);
        } catch (RocksDBException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public byte[] value(byte[] key) {
        try {
            return db.get(read, key);
        } catch (RocksDBException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public void delete(byte[] key) {
        try {
            db.delete(write, key);
        } catch (RocksDBException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public void batch(List<byte[]> keys, List<byte[]> values) {
        try (WriteBatch batch = new WriteBatch()) {
            for (int i = 0; i < keys.size(); i++) {
                batch.put(keys.get(i), values.get(i));
            }
            db.write(write, batch);
        } catch (RocksDBException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public long scan(byte[] from, int count) {
        long sum = 0;
        try (RocksIterator cursor = db.newIterator(read)) {
            cursor.seek(from);
            for (int i = 0; i < count && cursor.isValid(); i++) {
                sum += cursor.key().length + cursor.value().length;
                cursor.next();
            }
        }
        return sum;
    }

    @Override
    public int increment(byte[] key) {
        for (int retries = 0;; retries++) {
            try (Transaction transaction = db.beginTransaction(write)) {
                byte[] before = transaction.getForUpdate(read, key, true);
                long value = before == null ? 0 : ByteBuffer.wrap(before).getLong();
                transaction.put(key, ByteBuffer.allocate(Long.BYTES).putLong(value + 1).array());
                transaction.commit();
                return retries;
            } catch (RocksDBException failed) {
                Status.Code code = failed.getStatus().getCode();
                if (code != Status.Code.Busy && code != Status.Code.TryAgain) {
                    throw new IllegalStateException(failed);
                }
            }
        }
    }

    @Override
    public void settle() {
        try {
            db.compactRange();
        } catch (RocksDBException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public void close() {
        db.close();
        options.close();
        read.close();
        write.close();
        filter.close();
        cache.close();
    }
}
