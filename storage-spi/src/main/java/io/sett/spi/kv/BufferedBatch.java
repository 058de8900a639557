// SPDX-License-Identifier: Apache-2.0
package io.sett.spi.kv;

import io.sett.api.common.Capability;
import io.sett.api.common.KeyRange;
import io.sett.api.error.ClosedException;
import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import io.sett.api.kv.KVBatch;
import io.sett.api.kv.PutOptions;
import io.sett.api.kv.WriteOptions;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A batch that keeps its writes in memory until they are written. When a write fails the batch is kept, except for
 * {@link #writeAsync}, which takes its content at once.
 *
 * <p>Threads: one at a time; a second thread that calls in at the same moment gets an error instead of doing damage.
 */
public final class BufferedBatch implements KVBatch {

    private final TransactionEnvironment environment;
    private final AtomicBoolean busy = new AtomicBoolean();
    private WriteSet writes;
    private boolean closed;

    /** An empty batch of a store. */
    public BufferedBatch(TransactionEnvironment environment) {
        this.environment = environment;
        this.writes = new WriteSet(environment);
    }

    private void enter() {
        environment.checkOpen();
        if (!busy.compareAndSet(false, true)) {
            throw new InvalidOperationException(ErrorCode.INVALID_ARGUMENT, "store '" + environment.arguments().store()
                    + "': a batch was called while another call of it runs; use it from one thread at a time",
                    Map.of("store", environment.arguments().store()));
        }
        if (closed) {
            leave();
            throw new ClosedException(ErrorCode.SCOPE_ENDED, "store '" + environment.arguments().store()
                    + "': this batch is closed; begin another one", Map.of("store", environment.arguments().store()));
        }
    }

    private void leave() {
        busy.set(false);
    }

    @Override
    public void put(byte[] key, byte[] value, PutOptions options) {
        environment.arguments().checkPut(options);
        enter();
        try {
            long expiry = environment.arguments().expiryMillis(options, environment.clock());
            writes.put(key, value, expiry, options.metadata());
        } finally {
            leave();
        }
    }

    @Override
    public void delete(byte[] key) {
        enter();
        try {
            writes.delete(key);
        } finally {
            leave();
        }
    }

    @Override
    public void deleteRange(KeyRange range) {
        environment.arguments().require(Capability.RANGE_DELETE, "delete a range in one step");
        enter();
        try {
            writes.deleteRange(range);
        } finally {
            leave();
        }
    }

    @Override
    public int size() {
        return (int) Math.min(Integer.MAX_VALUE, writes.operations());
    }

    @Override
    public long byteSize() {
        return writes.byteSize();
    }

    @Override
    public long write(WriteOptions options) {
        environment.arguments().checkWrite(options);
        enter();
        try {
            if (writes.isEmpty()) {
                return 0;
            }
            long version = environment.commit(request(options));
            forget();
            return version;
        } finally {
            leave();
        }
    }

    @Override
    public CompletionStage<Long> writeAsync(WriteOptions options) {
        environment.arguments().require(Capability.ASYNC_COMMIT, "commit without waiting");
        environment.arguments().checkWrite(options);
        enter();
        try {
            if (writes.isEmpty()) {
                return CompletableFuture.completedStage(0L);
            }
            CompletionStage<Long> stage = environment.commitAsync(request(options));
            forget();
            return stage;
        } finally {
            leave();
        }
    }

    private void forget() {
        writes.close();
        writes = new WriteSet(environment);
    }

    private CommitRequest request(WriteOptions options) {
        return CommitRequest.blind(writes, options.durability(), environment.deadline(options.timeout()));
    }

    @Override
    public void reset() {
        enter();
        try {
            forget();
        } finally {
            leave();
        }
    }

    @Override
    public void close() {
        if (busy.compareAndSet(false, true)) {
            closed = true;
            forget();
            leave();
        }
    }
}
