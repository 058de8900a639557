// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.jmh;

import io.sett.benchmarks.harness.Data;
import io.sett.engine.lsm.internal.codec.Compression;
import io.sett.engine.lsm.internal.codec.CompressionType;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A block of 4 KiB of keys and half compressible values, packed and unpacked. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {

    private static final int LENGTH = 4096;

    /** Which codec. */
    @Param({"SNAPPY", "LZ4", "ZSTD"})
    public CompressionType type;

    private Compression codec;
    private byte[] raw;
    private byte[] packed;
    private byte[] target;
    private int packedLength;

    /** Packs a block. */
    @Setup(Level.Trial)
    public void pack() {
        SplittableRandom random = new SplittableRandom(1);
        ByteBuffer block = ByteBuffer.allocate(LENGTH + 200);
        for (int i = 0; block.position() < LENGTH; i++) {
            block.put(Data.key(i)).put(Data.value(random, 100));
        }
        raw = block.array();
        codec = type.open();
        packed = new byte[codec.maxCompressedLength(LENGTH)];
        target = new byte[LENGTH + 8];
        packedLength = codec.compress(raw, 0, LENGTH, packed, 0);
        System.out.println(type + ": " + LENGTH + " bytes become " + packedLength);
    }

    /** Packs. */
    @Benchmark
    public int compress() {
        return codec.compress(raw, 0, LENGTH, packed, 0);
    }

    /** Unpacks. */
    @Benchmark
    public boolean decompress() {
        return codec.decompress(packed, 0, packedLength, target, 0, LENGTH);
    }
}
