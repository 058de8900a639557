// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.memcache.internal.cache;

import io.sett.engine.memcache.internal.shard.Shard;
import io.sett.engine.memcache.internal.shard.ShardPlan;
import java.util.Arrays;

/**
 * Keys that are read together, encoded one behind the other, and the state of the shards that they were read from.
 * Belongs to one thread, which uses it again and again.
 */
final class KeyBatch {

    private String[] texts = new String[16];
    private byte[] bytes = new byte[1024];
    private int[] ends = new int[16];
    private long[] hashes = new long[16];
    private int size;

    private int[] seenIn = {};
    private long[] sequences = {};
    private int[] touched = {};
    private int touchedCount;
    private int reading;

    void clear() {
        Arrays.fill(texts, 0, size, null);
        size = 0;
    }

    /** Adds the key at hand of the session. */
    void add(String text, Session session) {
        int from = size == 0 ? 0 : ends[size - 1];
        int end = from + session.keyLength();
        if (size == texts.length) {
            texts = Arrays.copyOf(texts, size * 2);
            ends = Arrays.copyOf(ends, size * 2);
            hashes = Arrays.copyOf(hashes, size * 2);
        }
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end, bytes.length * 2));
        }
        System.arraycopy(session.key(), 0, bytes, from, session.keyLength());
        texts[size] = text;
        ends[size] = end;
        hashes[size++] = session.hash();
    }

    int size() {
        return size;
    }

    String text(int i) {
        return texts[i];
    }

    long hash(int i) {
        return hashes[i];
    }

    int fragment(int i) {
        return ShardPlan.fragment(hashes[i]);
    }

    /** Makes a key the one at hand again. */
    void use(int i, Session session) {
        int from = i == 0 ? 0 : ends[i - 1];
        session.load(bytes, from, ends[i] - from, hashes[i]);
    }

    /** The hashes of all keys; there may be more behind them. */
    long[] hashes() {
        return hashes;
    }

    /** A pass over all keys begins. */
    void beginPass(int shards) {
        if (seenIn.length < shards) {
            seenIn = new int[shards];
            sequences = new long[shards];
            touched = new int[shards];
            reading = 0;
        }
        reading++;
        touchedCount = 0;
    }

    /** Notes the state of a shard before its first read of the pass; false when it is just being changed. */
    boolean note(int number, Shard shard) {
        if (seenIn[number] == reading) {
            return true;
        }
        long sequence = shard.sequence();
        if (sequence < 0) {
            return false;
        }
        seenIn[number] = reading;
        sequences[number] = sequence;
        touched[touchedCount++] = number;
        return true;
    }

    /** Whether no shard has changed since it was noted; then all reads are of the moment at which this was asked. */
    boolean isOfOneMoment(CacheCore core) {
        for (int i = 0; i < touchedCount; i++) {
            if (!core.shard(touched[i]).isUnchanged(sequences[touched[i]])) {
                return false;
            }
        }
        return true;
    }
}
