// SPDX-License-Identifier: Apache-2.0
package io.sett.engine.lsm.internal.read;

import io.sett.engine.lsm.internal.base.Limits;
import java.util.concurrent.atomic.LongAdder;

/** Where point lookups found their answer. Any thread. */
public final class ReadStats {

    private static final int MEMTABLE = 0;
    private static final int IMMUTABLE = 1;
    private static final int MISS = 2;
    private static final int LEVEL_0 = 3;

    private final LongAdder[] answers = new LongAdder[LEVEL_0 + Limits.LEVELS];

    /** All zero. */
    public ReadStats() {
        for (int i = 0; i < answers.length; i++) {
            answers[i] = new LongAdder();
        }
    }

    void memtable() {
        answers[MEMTABLE].increment();
    }

    void immutable() {
        answers[IMMUTABLE].increment();
    }

    void level(int level) {
        answers[LEVEL_0 + level].increment();
    }

    void miss() {
        answers[MISS].increment();
    }

    /** Found in the memtable. */
    public long memtableAnswers() {
        return answers[MEMTABLE].sum();
    }

    /** Found in a memtable that waits to be flushed. */
    public long immutableAnswers() {
        return answers[IMMUTABLE].sum();
    }

    /** Found in a table of that level. */
    public long levelAnswers(int level) {
        return answers[LEVEL_0 + level].sum();
    }

    /** Found nowhere. */
    public long misses() {
        return answers[MISS].sum();
    }
}
