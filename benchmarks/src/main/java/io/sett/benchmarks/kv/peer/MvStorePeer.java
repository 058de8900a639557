// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.kv.peer;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/**
 * H2's MVStore, compressed. It writes changes a second later: an unsynced write does not survive the end of the process,
 * so it has it easier than the others. With sync, each write is committed and forced.
 */
final class MvStorePeer implements Peer {

    private final MVStore store;
    private final MVMap<byte[], byte[]> map;
    private final boolean sync;

    MvStorePeer(Path directory, boolean sync) {
        this.sync = sync;
        store = new MVStore.Builder().fileName(directory.resolve("bench.mv").toString()).compress()
                .cacheSize((int) (CACHE_BYTES >> 20)).open();
        map = store.openMap("bench", new MVMap.Builder<byte[], byte[]>().keyType(new Bytes()).valueType(new Bytes()));
    }

    /** Arrays of bytes in unsigned order. */
    private static final class Bytes extends BasicDataType<byte[]> {
        @Override
        public int compare(byte[] left, byte[] right) {
            return Arrays.compareUnsigned(left, right);
        }

        @Override
        public int getMemory(byte[] bytes) {
            return bytes.length + 24;
        }

        @Override
        public void write(WriteBuffer buffer, byte[] bytes) {
            buffer.putVarInt(bytes.length).put(bytes);
        }

        @Override
        public byte[] read(ByteBuffer buffer) {
            byte[] bytes = new byte[org.h2.mvstore.DataUtils.readVarInt(buffer)];
            buffer.get(bytes);
            return bytes;
        }

        @Override
        public byte[][] createStorage(int size) {
            return new byte[size][];
        }
    }

    private void written() {
        if (sync) {
            store.commit();
            store.sync();
        }
    }

    @Override
    public void put(byte[] key, byte[] value) {
        map.put(key, value);
        written();
    }

    @Override
    public byte[] value(byte[] key) {
        byte[] value = map.get(key);
        return value == null ? null : value.clone();
    }

    @Override
    public int view(byte[] key) {
        byte[] value = map.get(key);
        return value == null ? -1 : value.length;
    }

    @Override
    public void delete(byte[] key) {
        map.remove(key);
        written();
    }

    @Override
    public void batch(List<byte[]> keys, List<byte[]> values) {
        for (int i = 0; i < keys.size(); i++) {
            map.put(keys.get(i), values.get(i));
        }
        store.commit();
        written();
    }

    @Override
    public long scan(byte[] from, int count) {
        long sum = 0;
        var cursor = map.cursor(from);
        Iterator<byte[]> keys = cursor;
        for (int i = 0; i < count && keys.hasNext(); i++) {
            sum += keys.next().length + cursor.getValue().length;
        }
        return sum;
    }

    @Override
    public int increment(byte[] key) {
        for (int retries = 0;; retries++) {
            byte[] before = map.get(key);
            long number = before == null ? 0 : ByteBuffer.wrap(before).getLong();
            byte[] after = ByteBuffer.allocate(Long.BYTES).putLong(number + 1).array();
            boolean done = before == null ? map.putIfAbsent(key, after) == null : map.replace(key, before, after);
            if (done) {
                written();
                return retries;
            }
        }
    }

    @Override
    public void settle() {
        store.commit();
    }

    @Override
    public void reclaim() {
        store.commit();
        store.compactFile(60_000);
    }

    @Override
    public void close() {
        store.close();
    }
}
