// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.jmh;

import io.sett.benchmarks.harness.Data;
import io.sett.engine.lsm.internal.base.EntryKind;
import io.sett.engine.lsm.internal.base.EntryRef;
import io.sett.engine.lsm.internal.base.InternalCursor;
import io.sett.engine.lsm.internal.base.InternalKey;
import io.sett.engine.lsm.internal.memtable.Memtable;
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

/** The skip list and the index of a memtable. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MemtableBenchmark {

    /** Entries in it. */
    @Param({"10000", "400000"})
    public int entries;

    private final SplittableRandom random = new SplittableRandom(1);
    private final EntryRef found = new EntryRef();
    private final byte[] value = Data.value(random, 100);
    private Memtable memtable;
    private Memtable growing;
    private InternalCursor cursor;
    private long added;

    /** Fills one. */
    @Setup(Level.Trial)
    public void fill() {
        memtable = new Memtable(1);
        for (int i = 0; i < entries; i++) {
            add(memtable, Data.scramble(i, entries), i + 1);
        }
        growing = new Memtable(2);
        cursor = memtable.cursor();
    }

    private void add(Memtable target, long number, long version) {
        byte[] key = Data.key(number);
        target.add(key, 0, key.length, InternalKey.trailer(version, EntryKind.PUT), (byte) 0, 0, value, 0,
                value.length);
    }

    /** A point lookup of a key that is there. */
    @Benchmark
    public boolean get() {
        byte[] key = Data.key(random.nextLong(entries));
        return memtable.get(key, 0, key.length, InternalKey.FIRST_TRAILER, found);
    }

    /** A point lookup of a key that is not there. */
    @Benchmark
    public boolean getMissing() {
        byte[] key = Data.missingKey(random.nextLong(entries));
        return memtable.get(key, 0, key.length, InternalKey.FIRST_TRAILER, found);
    }

    /** A search in the order of keys. */
    @Benchmark
    public boolean seek() {
        byte[] key = Data.key(random.nextLong(entries));
        return cursor.seek(key, 0, key.length, InternalKey.FIRST_TRAILER);
    }

    /** A put at random, into a memtable that begins anew when it has that many entries. */
    @Benchmark
    public long put() {
        if (++added % entries == 0) {
            growing = new Memtable(2);
        }
        add(growing, random.nextLong(1L << 40), added);
        return growing.bytes();
    }
}
