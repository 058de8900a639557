// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.kv.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.iq80.leveldb.CompressionType;
import org.iq80.leveldb.DB;
import org.iq80.leveldb.DBIterator;
import org.iq80.leveldb.Options;
import org.iq80.leveldb.WriteBatch;
import org.iq80.leveldb.WriteOptions;
import org.iq80.leveldb.impl.Iq80DBFactory;

/** LevelDB in Java (iq80). It has neither filters nor transactions; a lock makes increments atomic. */
final class LevelDbPeer implements Peer {

    private final DB db;
    private final WriteOptions write;

    LevelDbPeer(Path directory, boolean sync) {
        write = new WriteOptions().sync(sync);
        Options options = new Options().createIfMissing(true).writeBufferSize((int) WRITE_BUFFER_BYTES)
                .cacheSize(CACHE_BYTES).compressionType(CompressionType.SNAPPY);
        try {
            db = Iq80DBFactory.factory.open(directory.toFile(), options);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void put(byte[] key, byte[] value) {
        db.put(key, value, write);
    }

    @Override
    public byte[] value(byte[] key) {
        return db.get(key);
    }

    @Override
    public void delete(byte[] key) {
        db.delete(key, write);
    }

    @Override
    public void batch(List<byte[]> keys, List<byte[]> values) {
        try (WriteBatch batch = db.createWriteBatch()) {
            for (int i = 0; i < keys.size(); i++) {
                batch.put(keys.get(i), values.get(i));
            }
            db.write(batch, write);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public long scan(byte[] from, int count) {
        long sum = 0;
        try (DBIterator entries = db.iterator()) {
            entries.seek(from);
            for (int i = 0; i < count && entries.hasNext(); i++) {
                Map.Entry<byte[], byte[]> entry = entries.next();
                sum += entry.getKey().length + entry.getValue().length;
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return sum;
    }

    @Override
    public synchronized int increment(byte[] key) {
        byte[] before = db.get(key);
        long number = before == null ? 0 : ByteBuffer.wrap(before).getLong();
        db.put(key, ByteBuffer.allocate(Long.BYTES).putLong(number + 1).array(), write);
        return 0;
    }

    @Override
    public void settle() {
        // It cannot be asked to compact and does not tell when it is through.
    }

    @Override
    public void close() {
        try {
            db.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
