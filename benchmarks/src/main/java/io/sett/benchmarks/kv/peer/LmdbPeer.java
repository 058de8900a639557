// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.kv.peer;

import static org.lmdbjava.DbiFlags.MDB_CREATE;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.lmdbjava.CursorIterable;
import org.lmdbjava.Dbi;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.KeyRange;
import org.lmdbjava.Txn;

/** LMDB through lmdbjava. Needs {@code --add-opens} for its fast buffers, which the runner gives. */
final class LmdbPeer implements Peer {

    private static final int MAX_VALUE = 1 << 20;

    private final Env<ByteBuffer> env;
    private final Dbi<ByteBuffer> dbi;
    private final ThreadLocal<ByteBuffer> keys = ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(512));
    private final ThreadLocal<ByteBuffer> values = ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(MAX_VALUE));

    LmdbPeer(Path directory, boolean sync) {
        EnvFlags[] flags = sync ? new EnvFlags[0] : new EnvFlags[] {EnvFlags.MDB_NOSYNC};
        env = Env.create().setMapSize(64L << 30).setMaxDbs(1).setMaxReaders(64).open(directory.toFile(), flags);
        dbi = env.openDbi("bench", MDB_CREATE);
    }

    private ByteBuffer key(byte[] bytes) {
        return keys.get().clear().put(bytes).flip();
    }

    private ByteBuffer value(ThreadLocal<ByteBuffer> buffer, byte[] bytes) {
        return buffer.get().clear().put(bytes).flip();
    }

    @Override
    public void put(byte[] key, byte[] value) {
        dbi.put(key(key), value(values, value));
    }

    @Override
    public byte[] value(byte[] key) {
        try (Txn<ByteBuffer> transaction = env.txnRead()) {
            return copy(dbi.get(transaction, key(key)));
        }
    }

    @Override
    public int view(byte[] key) {
        try (Txn<ByteBuffer> transaction = env.txnRead()) {
            ByteBuffer found = dbi.get(transaction, key(key));
            return found == null ? -1 : found.remaining();
        }
    }

    private static byte[] copy(ByteBuffer found) {
        if (found == null) {
            return null;
        }
        byte[] copy = new byte[found.remaining()];
        found.get(copy);
        return copy;
    }

    @Override
    public void delete(byte[] key) {
        dbi.delete(key(key));
    }

    @Override
    public void batch(List<byte[]> batchKeys, List<byte[]> batchValues) {
        try (Txn<ByteBuffer> transaction = env.txnWrite()) {
            for (int i = 0; i < batchKeys.size(); i++) {
                dbi.put(transaction, key(batchKeys.get(i)), value(values, batchValues.get(i)));
            }
            transaction.commit();
        }
    }

    @Override
    public long scan(byte[] from, int count) {
        long sum = 0;
        ByteBuffer start = ByteBuffer.allocateDirect(from.length).put(from).flip();
        try (Txn<ByteBuffer> transaction = env.txnRead();
                CursorIterable<ByteBuffer> entries = dbi.iterate(transaction, KeyRange.atLeast(start))) {
            int seen = 0;
            for (CursorIterable.KeyVal<ByteBuffer> entry : entries) {
                if (seen++ == count) {
                    break;
                }
                sum += entry.key().remaining() + entry.val().remaining();
            }
        }
        return sum;
    }

    @Override
    public int increment(byte[] key) {
        try (Txn<ByteBuffer> transaction = env.txnWrite()) {
            ByteBuffer before = dbi.get(transaction, key(key));
            long number = before == null ? 0 : before.getLong(0);
            dbi.put(transaction, key(key), values.get().clear().putLong(number + 1).flip());
            transaction.commit();
        }
        return 0;
    }

    @Override
    public void settle() {
        env.sync(true);
    }

    @Override
    public void close() {
        env.close();
    }
}
