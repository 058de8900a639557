// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.kv.peer;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import jetbrains.exodus.ArrayByteIterable;
import jetbrains.exodus.ByteIterable;
import jetbrains.exodus.env.Cursor;
import jetbrains.exodus.env.EnvironmentConfig;
import jetbrains.exodus.env.EnvironmentImpl;
import jetbrains.exodus.env.Environments;
import jetbrains.exodus.env.Store;
import jetbrains.exodus.env.StoreConfig;
import jetbrains.exodus.env.Transaction;

/** Xodus, a B+ tree in a log. Its cache holds pages of the log. */
final class XodusPeer implements Peer {

    private final EnvironmentImpl environment;
    private final Store store;

    XodusPeer(Path directory, boolean sync) {
        EnvironmentConfig config = new EnvironmentConfig().setLogDurableWrite(sync).setMemoryUsage(CACHE_BYTES)
                .setManagementEnabled(false);
        environment = (EnvironmentImpl) Environments.newInstance(directory.toFile(), config);
        store = environment.computeInTransaction(transaction -> environment.openStore("bench",
                StoreConfig.WITHOUT_DUPLICATES, transaction));
    }

    private static byte[] bytes(ByteIterable found) {
        byte[] copy = new byte[found.getLength()];
        System.arraycopy(found.getBytesUnsafe(), 0, copy, 0, copy.length);
        return copy;
    }

    @Override
    public void put(byte[] key, byte[] value) {
        environment.executeInTransaction(transaction -> store.put(transaction, new ArrayByteIterable(key),
                new ArrayByteIterable(value)));
    }

    @Override
    public byte[] value(byte[] key) {
        return environment.computeInReadonlyTransaction(transaction -> {
            ByteIterable found = store.get(transaction, new ArrayByteIterable(key));
            return found == null ? null : bytes(found);
        });
    }

    @Override
    public void delete(byte[] key) {
        environment.executeInTransaction(transaction -> store.delete(transaction, new ArrayByteIterable(key)));
    }

    @Override
    public void batch(List<byte[]> keys, List<byte[]> values) {
        environment.executeInTransaction(transaction -> {
            for (int i = 0; i < keys.size(); i++) {
                store.put(transaction, new ArrayByteIterable(keys.get(i)), new ArrayByteIterable(values.get(i)));
            }
        });
    }

    @Override
    public long scan(byte[] from, int count) {
        return environment.computeInReadonlyTransaction(transaction -> scan(transaction, from, count));
    }

    private long scan(Transaction transaction, byte[] from, int count) {
        long sum = 0;
        try (Cursor cursor = store.openCursor(transaction)) {
            boolean more = cursor.getSearchKeyRange(new ArrayByteIterable(from)) != null;
            for (int i = 0; more && i < count; i++) {
                sum += bytes(cursor.getKey()).length + bytes(cursor.getValue()).length;
                more = cursor.getNext();
            }
        }
        return sum;
    }

    @Override
    public int increment(byte[] key) {
        int[] attempts = {0};
        environment.executeInTransaction(transaction -> {
            attempts[0]++;
            ByteIterable before = store.get(transaction, new ArrayByteIterable(key));
            long number = before == null ? 0 : ByteBuffer.wrap(bytes(before)).getLong();
            store.put(transaction, new ArrayByteIterable(key),
                    new ArrayByteIterable(ByteBuffer.allocate(Long.BYTES).putLong(number + 1).array()));
        });
        return attempts[0] - 1;
    }

    @Override
    public void settle() {
        environment.flushAndSync();
    }

    @Override
    public void reclaim() {
        environment.gc();
    }

    @Override
    public void close() {
        environment.close();
    }
}
