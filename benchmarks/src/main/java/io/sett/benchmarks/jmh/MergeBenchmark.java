// SPDX-License-Identifier: Apache-2.0
package io.sett.benchmarks.jmh;

import io.sett.benchmarks.harness.Data;
import io.sett.engine.lsm.internal.base.EntryKind;
import io.sett.engine.lsm.internal.base.InternalCursor;
import io.sett.engine.lsm.internal.base.InternalKey;
import io.sett.engine.lsm.internal.memtable.Memtable;
import io.sett.engine.lsm.internal.read.MergingCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One step of a merge of several sources whose keys alternate, which is the worst case. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MergeBenchmark {

    private static final int ENTRIES = 20_000;

    /** How many. */
    @Param({"1", "2", "8"})
    public int sources;

    private InternalCursor merged;

    /** Fills them. */
    @Setup(Level.Trial)
    public void fill() {
        List<Memtable> memtables = new ArrayList<>();
        for (int i = 0; i < sources; i++) {
            memtables.add(new Memtable(i + 1));
        }
        byte[] value = new byte[20];
        for (int i = 0; i < ENTRIES; i++) {
            byte[] key = Data.key(i);
            memtables.get(i % sources).add(key, 0, key.length, InternalKey.trailer(i + 1, EntryKind.PUT), (byte) 0, 0,
                    value, 0, value.length);
        }
        merged = new MergingCursor(memtables.stream().map(Memtable::cursor).toList());
    }

    /** Over all entries; the figure is for one. */
    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public long step() {
        long sum = 0;
        for (boolean more = merged.first(); more; more = merged.next()) {
            sum += merged.keyLength();
        }
        return sum;
    }
}
