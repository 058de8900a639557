// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal;

import io.sett.engine.lsm.internal.base.EntryKind;
import io.sett.engine.lsm.internal.base.ValueCell;
import io.sett.engine.lsm.internal.codec.Compression;
import io.sett.engine.lsm.internal.codec.CompressionType;
import io.sett.engine.lsm.internal.wal.LogBatch;
import io.sett.engine.lsm.internal.wal.SeparatedValue;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Puts values into commits: small ones beside their keys, larger ones apart from them, compressed where that saves at
 * least a tenth. Works in the committing thread, so that only writing is left to do one after the other. Any thread.
 */
final class ValueEncoder {

    /** Compression is not tried on less. */
    private static final int LEAST_COMPRESSED = 64;
    private static final int LARGEST_KEPT = 1 << 20;

    /** A codec with room for its output; of one thread at a time. */
    private static final class Compressor {

        private final Compression codec;
        private byte[] room = new byte[1024];

        private Compressor(Compression codec) {
            this.codec = codec;
        }
    }

    private final ValueLogConfig config;
    private final ConcurrentLinkedQueue<Compressor> compressors = new ConcurrentLinkedQueue<>();
    private final LongAdder separated = new LongAdder();

    ValueEncoder(ValueLogConfig config) {
        this.config = config;
    }

    /** Appends a put; the array must stay as it is until the commit is written. */
    void append(LogBatch batch, byte[] key, byte[] value, long expiresAtMillis, byte metadata) {
        if (value.length > config.threshold()) {
            batch.separate(key, metadata, expiresAtMillis, encode(value));
            separated.increment();
            return;
        }
        int length = ValueCell.encodedLength(metadata, expiresAtMillis, value.length);
        int at = batch.reserve(EntryKind.PUT, key, length);
        int payload = ValueCell.writeHeader(batch.data(), at, metadata, expiresAtMillis);
        System.arraycopy(value, 0, batch.data(), payload, value.length);
    }

    /** Whether a value of that length is stored apart from its key. */
    boolean separates(int length) {
        return length > config.threshold();
    }

    private SeparatedValue encode(byte[] value) {
        if (config.codec() == CompressionType.NONE || value.length < LEAST_COMPRESSED) {
            return SeparatedValue.plain(value);
        }
        Compressor compressor = compressors.poll();
        if (compressor == null) {
            compressor = new Compressor(config.codec().open(config.codecLevel()));
        }
        SeparatedValue encoded = compress(value, compressor);
        if (compressor.room.length <= LARGEST_KEPT) {
            compressors.offer(compressor);
        }
        return encoded == null ? SeparatedValue.plain(value) : encoded;
    }

    private static @Nullable SeparatedValue compress(byte[] value, Compressor compressor) {
        int bound = compressor.codec.maxCompressedLength(value.length);
        if (compressor.room.length < bound) {
            compressor.room = new byte[bound];
        }
        int length = compressor.codec.compress(value, 0, value.length, compressor.room, 0);
        return length > value.length - value.length / 10 ? null : new SeparatedValue(Arrays.copyOf(compressor.room,
                length), compressor.codec.type().id(), value.length, 0);
    }

    /** How many values went to the value log. */
    long separated() {
        return separated.sum();
    }
}
