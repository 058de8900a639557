// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.kv.peer;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.mapdb.BTreeMap;
import org.mapdb.DB;
import org.mapdb.DBMaker;
import org.mapdb.Serializer;

/**
 * MapDB, a B+ tree in a mapped file. Without transactions a killed process leaves the file unusable, so unsynced writes
 * promise less than those of the others; with sync each write is committed through its write-ahead log.
 */
final class MapDbPeer implements Peer {

    private final DB db;
    private final BTreeMap<byte[], byte[]> map;
    private final boolean sync;

    MapDbPeer(Path directory, boolean sync) {
        this.sync = sync;
        DBMaker.Maker maker = DBMaker.fileDB(directory.resolve("bench.mapdb").toFile()).fileMmapEnableIfSupported()
                .fileMmapPreclearDisable();
        db = (sync ? maker.transactionEnable() : maker).make();
        map = db.treeMap("bench", Serializer.BYTE_ARRAY, Serializer.BYTE_ARRAY).valuesOutsideNodesEnable()
                .createOrOpen();
    }

    private void written() {
        if (sync) {
            db.commit();
        }
    }

    @Override
    public void put(byte[] key, byte[] value) {
        map.put(key, value);
        written();
    }

    @Override
    public byte[] value(byte[] key) {
        return map.get(key);
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
        written();
    }

    @Override
    public long scan(byte[] from, int count) {
        long sum = 0;
        Iterator<Map.Entry<byte[], byte[]>> entries = map.entryIterator(from, true, null, false);
        for (int i = 0; i < count && entries.hasNext(); i++) {
            Map.Entry<byte[], byte[]> entry = entries.next();
            sum += entry.getKey().length + entry.getValue().length;
        }
        return sum;
    }

    @Override
    public synchronized int increment(byte[] key) {
        byte[] before = map.get(key);
        long number = before == null ? 0 : ByteBuffer.wrap(before).getLong();
        map.put(key, ByteBuffer.allocate(Long.BYTES).putLong(number + 1).array());
        written();
        return 0;
    }

    @Override
    public void settle() {
        db.commit();
    }

    @Override
    public void reclaim() {
        db.getStore().compact();
    }

    @Override
    public void close() {
        db.close();
    }
}
