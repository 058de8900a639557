// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.table;

import io.sett.benchmarks.harness.Data;
import io.sett.engine.lsm.internal.base.EntryKind;
import io.sett.engine.lsm.internal.base.Hash64;
import io.sett.engine.lsm.internal.base.InternalKey;
import io.sett.engine.lsm.internal.codec.ByteWriter;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A search in a block of a table, the parsing of a block, and the question to a filter. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BlockBenchmark {

    private static final int ENTRIES = 36;
    private static final int HASHES = 20_000;

    private final SplittableRandom random = new SplittableRandom(1);
    private byte[] raw;
    private int length;
    private Block block;
    private Filter filter;

    /** Writes a block and a filter. */
    @Setup(Level.Trial)
    public void write() throws MalformedBlockException {
        BlockWriter writer = new BlockWriter();
        byte[] value = Data.value(random, 100);
        for (int i = 0; i < ENTRIES; i++) {
            byte[] key = Data.key(i * 7L);
            writer.add(key, 0, key.length, InternalKey.trailer(i + 1, EntryKind.PUT), value, 0, value.length);
        }
        ByteWriter out = new ByteWriter(8192);
        writer.finish(out);
        length = out.length();
        raw = Arrays.copyOf(out.array(), length + Block.SLACK);
        block = Block.parse(raw, length);
        long[] hashes = new long[HASHES];
        for (int i = 0; i < HASHES; i++) {
            byte[] key = Data.key(i);
            hashes[i] = Hash64.of(key, 0, key.length);
        }
        byte[] bits = Filter.build(hashes, HASHES, 0.01);
        filter = Filter.parse(bits, bits.length);
    }

    /** To a key. */
    @Benchmark
    public int search() {
        byte[] key = Data.key(random.nextInt(ENTRIES) * 7L);
        return block.ceiling(key, 0, key.length, InternalKey.FIRST_TRAILER);
    }

    /** What a block costs when it is read, beside checksum and codec. */
    @Benchmark
    public Block parse() throws MalformedBlockException {
        return Block.parse(raw, length);
    }

    /** For a key that is not there. */
    @Benchmark
    public boolean filterMissing() {
        byte[] key = Data.missingKey(random.nextInt(HASHES));
        return filter.mayContain(Hash64.of(key, 0, key.length));
    }
}
